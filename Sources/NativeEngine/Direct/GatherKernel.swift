import Graphs
import Operators
import Tensors

/// `Gather` by moving whole slices, so that a few rows of a large table cost no more than they hold.
struct GatherKernel {
    private let axis: Int

    /// The kernel of a node; `nil` for any other operator.
    init?(_ target: any Operator, _ site: CallSite) {
        guard target.domain.isEmpty, target.name == "Gather" else { return nil }
        if case .int(let axis)? = site.node.attribute("axis") { self.axis = axis } else { axis = 0 }
    }

    /// The slices that the indices pick; `nil` where the reference kernel must say what is wrong, or moves other elements.
    func run(_ call: Call) -> [Value]? {
        guard call.inputs.count == 2, let data = call.inputs[0]?.tensor, let indices = call.inputs[1]?.tensor,
            let bytes = data.bytes, data.elementType.bitWidth % 8 == 0, data.shape.rank > 0,
            (-data.shape.rank..<data.shape.rank).contains(axis)
        else { return nil }
        let axis = axis < 0 ? axis + data.shape.rank : axis
        let extent = data.shape[axis]
        guard let picks = Self.picks(indices, extent: extent) else { return nil }
        let outer = data.shape.dimensions[..<axis].reduce(1, *)
        let sliceBytes = data.shape.dimensions[(axis + 1)...].reduce(data.elementType.bitWidth / 8, *)
        let shape = Shape(
            data.shape.dimensions[..<axis] + indices.shape.dimensions + data.shape.dimensions[(axis + 1)...])
        guard let count = shape.checkedElementCount, count > 0,
            let result = try? MutableTensor(elementType: data.elementType, shape: shape)
        else { return nil }
        bytes.withUnsafeBytes { source in
            result.withUnsafeMutableBytes { target in
                Self.move(source, target, picks, outer: outer, extent: extent, sliceBytes: sliceBytes)
            }
        }
        return (try? result.snapshot()).map { [.tensor($0)] }
    }

    private static func picks(_ indices: Tensor, extent: Int) -> [Int]? {
        guard indices.elementType == .int64 || indices.elementType == .int32, let numbers = try? indices.int64s() else {
            return nil
        }
        var picks: [Int] = []
        picks.reserveCapacity(numbers.count)
        for number in numbers {
            let index = Int(number) < 0 ? Int(number) &+ extent : Int(number)
            guard (0..<extent).contains(index) else { return nil }
            picks.append(index)
        }
        return picks
    }

    private static func move(
        _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer, _ picks: [Int], outer: Int,
        extent: Int, sliceBytes: Int
    ) {
        guard let from = source.baseAddress, var to = target.baseAddress else { return }
        for block in 0..<outer {
            for pick in picks {
                to.copyMemory(from: from + (block * extent + pick) * sliceBytes, byteCount: sliceBytes)
                to += sliceBytes
            }
        }
    }
}

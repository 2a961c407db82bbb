import Graphs
import Tensors

/// Places at which `GridSample` reads an affinely transformed picture: the places of an even grid in −1 … 1 times a matrix.
///
/// Source: Jaderberg et al., "Spatial Transformer Networks" (arXiv 1506.02025), in the form of the ONNX standard.
struct AffineGrid: Operator {
    let name = "AffineGrid"
    let family = OperatorFamily.resampling
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [.init("theta", TypeSets.floats), .init("size", TypeSets.int64)],
        outputs: [.init("grid", TypeSets.floats)], attributes: [.init("align_corners", default: .int(0))],
        versions: [20])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard let size = site.elements(1) else { return [.tensor(type, nil)] }
        let rank = try rank(size.count, site.path)
        return [.tensor(type, SymbolicShape([size[0]] + size[2...] + [.fixed(rank)]))]
    }

    /// The number of spatial axes of a picture whose size has so many elements.
    private func rank(_ count: Int, _ path: String) throws(OperatorError) -> Int {
        guard count == 4 || count == 5 else {
            throw OperatorError(
                .shape, subject: path, reason: "size has \(count) elements",
                remedy: "give [N, C, H, W] or [N, C, D, H, W]")
        }
        return count - 2
    }

    /// The places of the even grid, x first and a 1 last, of each picture element in row-major order.
    private func places(_ extents: [Int], isAligned: Bool, _ path: String) throws(OperatorError) -> [Double] {
        var places: [Double] = []
        places.reserveCapacity(try Shape(extents + [extents.count + 1]).allocatableCount(path))
        for position in Odometer(extents) {
            for (index, extent) in zip(position, extents).reversed() {
                // The ends are the centres of the outer elements, or their outer edges; a single element is its own centre.
                places.append(
                    isAligned && extent > 1
                        ? -1 + 2 * Double(index) / Double(extent - 1) : (2 * Double(index) + 1) / Double(extent) - 1)
            }
            places.append(1)
        }
        return places
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let rank = Double((site.rank(0) ?? 3) - 1)
        return .traffic(site, outputs: outputs, operations: 2 * (rank + 1) * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let isAligned = try attributes(call).flag("align_corners")
        let size = try call.tensor(1).integers(call.path)
        let rank = try rank(size.count, call.path)
        return try call.widened { (call) throws(OperatorError) in
            let theta = try call.tensor(0)
            guard theta.shape == [size[0], rank, rank + 1] else {
                throw OperatorError(
                    .shape, subject: call.path,
                    reason: "matrices of shape \(theta.shape) do not fit a picture of size \(size)")
            }
            let extents = Array(size[2...])
            let target = Shape([size[0]] + extents + [rank])
            _ = try target.allocatableCount(call.path)
            let kernel = GridKernel(
                theta: theta, places: try places(extents, isAligned: isAligned, call.path), target: target,
                path: call.path)
            return [try theta.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    private struct GridKernel: RealKernel {
        let theta: Tensor
        let places: [Double]
        let target: Shape
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let matrices: [T] = try theta.elements(path)
            let rank = theta.shape[1]
            var result: [T] = []
            result.reserveCapacity(target.elementCount)
            for image in 0..<theta.shape[0] {
                for place in stride(from: 0, to: places.count, by: rank + 1) {
                    for row in 0..<rank {
                        let start = (image * rank + row) * (rank + 1)
                        let sum = (0...rank).reduce(0.0) { $0 + Double(matrices[start + $1]) * places[place + $1] }
                        result.append(T(sum))
                    }
                }
            }
            return try .make(result, target, path)
        }
    }

    /// The sum of outer products of the gradients with the places of the even grid.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let size = try site.requireIntegers(1)
        let rank = try rank(size.count, site.path)
        let places = try places(
            Array(size[2...]), isAligned: try attributes(site).flag("align_corners"), site.path)
        let tensor = try Tensor.make(places, [places.count / (rank + 1), rank + 1], site.path)
        var builder = PullbackBuilder(site)
        let type = try site.requireElementType(0)
        let grid = builder.body.constant(try Conversion.convert(tensor, to: type, site.path))
        let rows = builder.body.reshape(builder.gradient(), to: builder.body.integers([0, -1, rank]))
        builder.result(0, builder.body.matrixProduct(builder.body.transpose(rows, [0, 2, 1]), grid))
        return builder.pullback()
    }

    var examples: [Example] {
        let theta = Value.floats([1, 0, 0, 0, 1, 0.5], [1, 2, 3])
        return [
            Example(
                "edges at the ends", opset: 20, inputs: [theta, .ints([1, 1, 2, 2])], constantInputs: [1],
                expected: [.floats([-0.5, 0, 0.5, 0, -0.5, 1, 0.5, 1], [1, 2, 2, 2])]),
            Example(
                "corners aligned", opset: 20, attributes: [.init("align_corners", .int(1))],
                inputs: [theta, .ints([1, 1, 2, 2])], constantInputs: [1],
                expected: [.floats([-1, -0.5, 1, -0.5, -1, 1.5, 1, 1.5], [1, 2, 2, 2])]),
            Example(
                "three axes", opset: 20, inputs: [.noise([2, 3, 4]), .ints([2, 1, 2, 3, 2])], constantInputs: [1]),
        ]
    }
}

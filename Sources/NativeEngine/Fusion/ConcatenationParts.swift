import Operators
import Tensors

/// Which values are written straight into the tensor that a later concatenation of channels makes of them.
struct ConcatenationParts {
    /// The tensor a value becomes a part of, and its first channel there.
    struct Place {
        let whole: Int
        let channel: Int
    }

    private(set) var places: [Int: Place] = [:]
    /// The results of concatenations whose operands are their parts.
    private(set) var wholes: Set<Int> = []

    init(_ nodes: [KernelNode], _ graph: StaticGraph) {
        var fixed = Set(graph.inputs).union(graph.outputs)
        var images: Set<Int> = []
        for node in nodes {
            guard let result = node.outputs.first ?? nil else { continue }
            if Self.isImageKernel(node, images) { images.insert(result) }
            guard case .concatenation(axis: 1)? = node.lowering?.kernel, graph.values[result].shape.rank == 4,
                graph.values[result].elementType == .float32,
                node.operands.contains(where: { $0.map(images.contains) == true })
            else { continue }
            var channel = 0
            for case let operand? in node.operands {
                let isFree = graph.values[operand].constant == nil && places[operand] == nil && !fixed.contains(operand)
                if isFree { places[operand] = Place(whole: result, channel: channel) }
                channel += graph.values[operand].shape[1]
            }
            wholes.insert(result)
            images.insert(result)
        }
        // A value that shares the memory of another has no place of its own.
        for node in nodes {
            guard case .view? = node.lowering?.kernel else { continue }
            for case let value? in node.outputs + node.operands { fixed.insert(value) }
        }
        for value in fixed { places[value] = nil }
    }

    /// Kernels whose results lie channels last.
    private static func isImageKernel(_ node: KernelNode, _ images: Set<Int>) -> Bool {
        switch node.lowering?.kernel {
        case .convolution, .pooling: true
        case .unary, .binary, .batchNormalization, .localResponseNormalization, .resampling:
            node.operands.contains { $0.map(images.contains) == true }
        default: false
        }
    }

    /// The widest tensor that a value is a part of, and its first channel there.
    func root(of value: Int) -> Place? {
        guard var place = places[value] else { return nil }
        while let next = places[place.whole] { place = Place(whole: next.whole, channel: next.channel + place.channel) }
        return place
    }
}

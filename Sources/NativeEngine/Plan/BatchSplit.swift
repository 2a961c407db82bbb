import Graphs
import Operators
import Tensors

/// The part of a graph that computes each image of a batch apart: a convolutional trunk runs image by image, so that what
/// passes between its kernels stays in the caches, and each thread computes whole images without waiting for another.
///
/// What follows runs on the whole batch: a matrix product with large weights reads them once for all images.
struct BatchSplit {
    /// The trunk for one image; its outputs are the values that cross the cut.
    let trunk: StaticGraph
    /// The rest for the whole batch; its inputs are the values that cross the cut.
    let head: StaticGraph
    let batch: Int

    /// Weights from this size on are read once for the batch rather than once for each image.
    private static let largeWeights = 1 << 20

    /// Splits a graph; `nil` where nothing would be gained.
    ///
    /// - Parameters:
    ///   - graph: for the whole batch.
    ///   - single: the same graph for one image.
    init?(_ graph: StaticGraph, single: StaticGraph, batch: Int) {
        let splitter = Separation(graph, single: single, batch: batch, largeWeights: Self.largeWeights)
        let (inside, crossing) = splitter.trunk()
        guard inside.contains(where: { graph.nodes[$0].isConvolution }), !crossing.isEmpty else { return nil }
        let names = Set(inside.flatMap { graph.nodes[$0].outputs.compactMap { $0.map { graph.values[$0].name } } })
        let cut = crossing.map { graph.values[$0].name }
        guard
            let trunk = single.part(
                outputs: cut,
                nodes: { $0.outputs.contains { $0.map { names.contains(single.values[$0].name) } ?? false } }),
            let head = graph.part(
                inputs: cut,
                nodes: { !$0.outputs.contains { $0.map { names.contains(graph.values[$0].name) } ?? false } })
        else { return nil }
        (self.trunk, self.head, self.batch) = (trunk, head, batch)
    }
}

/// Finds the nodes that treat the samples of a batch apart.
private struct Separation {
    let graph: StaticGraph
    let batch: Int
    let largeWeights: Int
    /// Values whose first axis counts the samples.
    private var batched: [Bool]

    init(_ graph: StaticGraph, single: StaticGraph, batch: Int, largeWeights: Int) {
        self.graph = graph
        self.batch = batch
        self.largeWeights = largeWeights
        let extents = Dictionary(single.values.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
        batched = graph.values.map { value in
            guard value.constant == nil, value.shape.rank > 0, value.shape[0] == batch,
                let alone = extents[value.name], alone.rank == value.shape.rank, alone[0] == 1
            else { return false }
            return value.shape.dimensions.dropFirst().elementsEqual(alone.dimensions.dropFirst())
        }
    }

    /// The nodes of the trunk and the values of theirs that others read.
    func trunk() -> (nodes: [Int], crossing: [Int]) {
        var ready = Set(graph.inputs.filter { batched[$0] })
        var nodes: [Int] = []
        var inside: Set<Int> = []
        for (index, node) in graph.nodes.enumerated() {
            let reads = node.inputs.compactMap { $0 }.filter { graph.values[$0].constant == nil }
            guard reads.allSatisfy(ready.contains), isSeparable(node) else { continue }
            nodes.append(index)
            inside.insert(index)
            for case let output? in node.outputs { ready.insert(output) }
        }
        var crossing: [Int] = []
        let written = Set(nodes.flatMap { graph.nodes[$0].outputs.compactMap { $0 } })
        var outside = Set(graph.outputs)
        for (index, node) in graph.nodes.enumerated() where !inside.contains(index) {
            for case let input? in node.inputs { outside.insert(input) }
        }
        for value in written.sorted() where outside.contains(value) { crossing.append(value) }
        return (nodes, crossing)
    }

    private func isSeparable(_ node: StaticGraph.Node) -> Bool {
        guard let lowering = node.target.lowering(node.site),
            node.outputs.allSatisfy({ $0 == nil || $0.map { batched[$0] } == true })
        else { return false }
        let operands = lowering.operands.map { $0.flatMap { $0 < node.inputs.count ? node.inputs[$0] : nil } }
        guard let first = operands.first ?? nil else { return false }
        switch lowering.kernel {
        case .convolution, .transposedConvolution, .pooling, .batchNormalization, .localResponseNormalization,
            .resampling, .unary, .view:
            return batched[first] && operands.dropFirst().allSatisfy { $0 == nil || $0.map(isConstant) == true }
        case .binary: return operands.allSatisfy { $0.map { batched[$0] || isShared($0, with: node) } == true }
        case .concatenation(let axis): return axis > 0 && operands.allSatisfy { $0.map { batched[$0] } == true }
        case .softmax(let axis, _), .layerNormalization(let axis, _):
            return axis > 0 && batched[first]
                && operands.dropFirst().allSatisfy { $0 == nil || $0.map(isConstant) == true }
        case .reduction(_, let axes, _): return batched[first] && !axes.contains(0)
        case .reorder(let permutation): return batched[first] && permutation.first == 0
        case .matrixProduct(let transposeA, _, _, _):
            guard !transposeA, batched[first], let weights = operands[1], let tensor = graph.values[weights].constant,
                tensor.shape.rank == 2, operands.dropFirst(2).allSatisfy({ $0 == nil || $0.map(isConstant) == true })
            else { return false }
            return graph.values[weights].byteCount < largeWeights
        default: return false
        }
    }

    private func isConstant(_ value: Int) -> Bool { graph.values[value].constant != nil }

    /// Whether a constant is the same for every sample of the result.
    private func isShared(_ value: Int, with node: StaticGraph.Node) -> Bool {
        guard isConstant(value), let result = node.outputs[0] else { return false }
        let shape = graph.values[value].shape
        return shape.rank < graph.values[result].shape.rank || shape[0] == 1
    }
}

extension StaticGraph.Node {
    fileprivate var isConvolution: Bool {
        if case .convolution? = target.lowering(site)?.kernel { true } else { false }
    }
}

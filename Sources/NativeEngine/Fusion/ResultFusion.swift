import Graphs
import Operators
import Tensors

/// Lets kernels that store a result go on with the element-wise nodes that alone read it: activations, the addition of a
/// residual, the product with a gate.
struct ResultFusion {
    private let graph: StaticGraph
    private var nodes: [KernelNode?]
    /// How many kernels and outputs of the graph read each value.
    private var uses: [Int]
    /// Which node writes each value.
    private var producers: [Int?]

    init(_ graph: StaticGraph) {
        self.graph = graph
        nodes = graph.nodes.map(KernelNode.init)
        uses = [Int](repeating: 0, count: graph.values.count)
        producers = [Int?](repeating: nil, count: graph.values.count)
        for (index, node) in graph.nodes.enumerated() {
            for case let input? in node.inputs { uses[input] += 1 }
            for case let output? in node.outputs { producers[output] = index }
        }
        for output in graph.outputs { uses[output] += 1 }
    }

    /// The kernels of the graph, in an order in which each finds its operands computed.
    mutating func fused() -> [KernelNode] {
        for index in nodes.indices { fuse(index) }
        return nodes.compactMap { $0 }
    }

    private mutating func fuse(_ index: Int) {
        guard let node = nodes[index], node.outputs.count == 1, let result = node.outputs[0],
            graph.values[result].elementType == .float32
        else { return }
        switch node.lowering?.kernel {
        case .unary(let kind):
            guard EltwiseFunction(kind) != nil, let operand = node.operands[0] else { return }
            _ = absorb(index, into: operand, .unary(kind), reading: nil)
        case .binary(let kind):
            guard node.operands.count == 2, let left = node.operands[0], let right = node.operands[1], left != right
            else { return }
            let isLeftLater = (producers[left] ?? -1) >= (producers[right] ?? -1)
            let order = isLeftLater ? [(left, right), (right, left)] : [(right, left), (left, right)]
            for (first, second) in order where first == left || kind.isCommutative {
                if absorb(index, into: first, .binary(kind, operand: 0), reading: second) { return }
            }
        default: return
        }
    }

    /// Makes the producer of `value` compute the node too; `false` where it cannot.
    private mutating func absorb(
        _ index: Int, into value: Int, _ operation: PostOperation, reading other: Int?
    ) -> Bool {
        guard uses[value] == 1, let producer = producers[value], var fused = nodes[producer],
            let result = nodes[index]?.outputs[0], graph.values[value].shape == graph.values[result].shape,
            fused.outputs.count(where: { $0 != nil }) == 1,
            let planner = fused.lowering?.kernel.planner as? any FusingPlanner,
            fused.postOperations.count < Self.limit
        else { return false }
        switch operation {
        case .unary: fused.postOperations.append(operation)
        case .binary(let kind, _):
            guard let other, stretches(other, to: result, channelAxis(fused, result)), kind.binaryAlgorithm != nil
            else { return false }
            fused.postOperations.append(.binary(kind, operand: fused.operands.count))
            fused.furtherOperands.append(other)
        }
        guard planner.fuses(fused.postOperations) else { return false }
        if let name = nodes[index]?.site.node.name { fused.furtherNames.append(name) }
        fused.outputs = [result]
        // It stands where the last node stood, where all that any of them read is computed.
        nodes[producer] = nil
        nodes[index] = fused
        producers[result] = index
        return true
    }

    /// oneDNN takes up to 32; the more there are, the fewer kernels take them.
    private static let limit = 6

    /// Whether a value has the shape of the result, or one number for each channel or for all.
    private func stretches(_ other: Int, to result: Int, _ axis: Int) -> Bool {
        let (shape, whole) = (graph.values[other].shape, graph.values[result].shape)
        guard graph.values[other].elementType == .float32, shape.rank <= whole.rank else { return false }
        if shape == whole || shape.elementCount == 1 { return true }
        let padded = [Int](repeating: 1, count: whole.rank - shape.rank) + shape.dimensions
        return padded.indices.allSatisfy { padded[$0] == ($0 == axis ? whole[$0] : 1) }
    }

    /// The axis along which a kernel's results have a bias: the last of a matrix product, the second of an image.
    private func channelAxis(_ node: KernelNode, _ result: Int) -> Int {
        let rank = graph.values[result].shape.rank
        if case .matrixProduct? = node.lowering?.kernel { return rank - 1 }
        return rank >= 3 ? 1 : rank - 1
    }
}

extension Kernel.BinaryKind {
    /// True where the order of the operands does not matter.
    var isCommutative: Bool { self != .subtraction && self != .division && self != .leakyProduct }
}

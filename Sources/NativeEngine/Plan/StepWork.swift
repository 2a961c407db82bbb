import Operators
import Tensors

/// How much a step of a plan has to do, and whether that is worth the waking of a second thread.
///
/// It follows from shapes alone, so that a plan is always divided in the same way.
struct StepWork {
    /// Additions and multiplications.
    private(set) var operations = 0
    /// Elements of the largest tensor that passes through.
    private(set) var elements = 0

    /// One thread does about so much in the time that another takes to join it, ten times over.
    private static let leastOperations = 1 << 20
    private static let leastElements = 1 << 15

    init(_ node: KernelNode, _ values: [StaticGraph.Value]) {
        let shape = { (operand: Int) in
            operand < node.operands.count ? node.operands[operand].map { values[$0].shape } : nil
        }
        let passing = (node.operands + node.outputs).compactMap { $0 }.filter { values[$0].constant == nil }
        elements = passing.map { values[$0].shape.elementCount }.max() ?? 0
        guard let result = node.outputs.compactMap({ $0 }).first.map({ values[$0].shape.elementCount }) else { return }
        switch node.lowering?.kernel {
        case .convolution, .quantizedConvolution:
            guard let weights = shape(1), weights.rank > 0 else { return }
            operations = 2 * result * (weights.elementCount / max(1, weights[0]))
        case .transposedConvolution:
            guard let data = shape(0), let weights = shape(1), weights.rank > 0 else { return }
            operations = 2 * data.elementCount * (weights.elementCount / max(1, weights[0]))
        case .matrixProduct(let transposeA, _, _, _):
            guard let left = shape(0), left.rank > 0 else { return }
            operations = 2 * result * left[transposeA && left.rank > 1 ? left.rank - 2 : left.rank - 1]
        case .quantizedProduct:
            guard let left = shape(0), left.rank > 0 else { return }
            operations = 2 * result * left[left.rank - 1]
        case .recurrent(let recurrence):
            // The input and the recurrent product for each state of the first result.
            guard let data = shape(0), let weights = shape(2), data.rank == 3, weights.rank == 3 else { return }
            operations = 2 * result * recurrence.cell.gates * (data[2] + weights[2])
        default: break
        }
    }

    /// Whether it is divided among threads.
    var isWorthThreads: Bool { operations >= Self.leastOperations || elements >= Self.leastElements }
}

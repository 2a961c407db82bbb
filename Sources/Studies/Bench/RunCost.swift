import Assets
import Graphs
import Operators
import Tensors

/// The least that one run of a model takes: its operations, and the bytes that cannot stay away from memory.
struct RunCost: Sendable, Hashable {
    /// Operations in floating point.
    let operations: Double
    /// Operations on 8-bit integers.
    let integerOperations: Double
    /// Weights, inputs and outputs, each moved once; what lies between may stay in caches.
    let bytes: Double

    /// Operators whose work is done on 8-bit integers.
    private static let integerOperators: Set<String> = [
        "MatMulInteger", "ConvInteger", "QLinearConv", "QLinearMatMul", "DynamicQuantizeMatMul", "MatMulIntegerToFloat",
    ]

    /// Counts a model on given inputs; `nil` where nothing can be counted.
    ///
    /// Where some shape cannot be inferred, the counts are too low; a least time may be.
    init?(_ model: Model, inputs: [NamedTensor]) {
        let shapes = Dictionary(
            inputs.map { ($0.name, SymbolicShape($0.tensor.shape)) }, uniquingKeysWith: { $1 })
        guard let cost = try? ModelCost(model, shapes: shapes) else { return nil }
        let integer = cost.nodes.filter { Self.integerOperators.contains($0.operatorType) }
        integerOperations = integer.reduce(0) { $0 + $1.work.operations }
        operations = cost.total.operations - integerOperations
        let fed = inputs.reduce(0) { $0 + ($1.tensor.bytes?.count ?? 0) }
        bytes = Double(cost.parameterBytes + fed)
        guard cost.total.operations > 0 else { return nil }
    }
}

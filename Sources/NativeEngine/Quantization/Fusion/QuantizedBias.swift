import Graphs
import Tensors

/// Biases that models keep as 32-bit sums.
enum QuantizedBias {
    /// The reals of a constant `DequantizeLinear` of sums; `nil` for anything else.
    static func real(_ name: String, _ index: GraphIndex) -> Tensor? {
        guard let node = index.producer(name, "DequantizeLinear")?.node, node.inputs.count >= 2,
            let sums = index.constant(node.inputs[0]), sums.elementType == .int32, sums.shape.rank == 1,
            let scale = index.constant(node.inputs[1])
        else { return nil }
        if node.inputs.count > 2, !node.inputs[2].isEmpty {
            guard let zero = try? index.constant(node.inputs[2])?.doubles(), zero.allSatisfy({ $0 == 0 }) else {
                return nil
            }
        }
        return real(sums, scale)
    }

    /// Sums times a scale: one, or one for each.
    static func real(_ sums: Tensor, _ scale: Tensor) -> Tensor? {
        guard let values = try? sums.floats(), let scales = try? scale.floats(),
            scales.count == 1 || scales.count == values.count
        else { return nil }
        return try? Tensor(
            values.indices.map { values[$0] * scales[scales.count == 1 ? 0 : $0] }, shape: sums.shape)
    }
}

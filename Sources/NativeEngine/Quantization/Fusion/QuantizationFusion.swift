import Graphs
import Operators
import Tensors

/// Puts quantised kernels in the place of the real operators around which a model converts bytes.
///
/// It must see the model before constants are folded: a constant that a quantised kernel reads stays bytes, and only what
/// is left over is converted when the model is prepared.
struct QuantizationFusion {
    /// Whether products with constant bytes may quantise what they are multiplied with, row by row, when they run.
    ///
    /// Nothing in such a model asks for it: results differ by what 8 bits lose.
    let quantizesActivations: Bool
    /// Whether products of reals with constant bytes read the bytes; else those become reals when the model is prepared.
    let keepsWeights: Bool
    /// Whether convolutions of bytes are exact on this processor.
    let fusesConvolutions: Bool

    /// Whether a model may have quantised parts.
    func concerns(_ model: Model) -> Bool {
        model.graph.nodes.contains { Self.signs.contains($0.operatorType) }
    }

    /// The model with its quantised parts as nodes of the engine's own; GELU must be one node.
    func apply(to model: Model) -> Model {
        var index = GraphIndex(model)
        var products = QuantizedProductFusion(quantizesActivations: quantizesActivations, keepsWeights: keepsWeights)
        for number in index.nodes.indices where !index.isRewritten(number) {
            let node = index.nodes[number]
            guard node.domain.isEmpty else { continue }
            switch node.operatorType {
            case "MatMul", "Gemm": products.fuse(number, node, &index)
            case "MatMulInteger": IntegerProductFusion.fuse(number, node, &index)
            case "Gather": QuantizedGatherFusion.fuse(number, node, &index)
            case "Conv" where fusesConvolutions: QuantizedConvolutionFusion.fuse(number, node, &index)
            case "QLinearConv" where fusesConvolutions: QuantizedConvolutionFusion.fuse(linear: number, node, &index)
            default: break
            }
        }
        var result = model
        result.graph = index.rewritten()
        result.opsets[nativeDomain] = 1
        return result
    }

    /// Without one of these a model computes nothing from bytes.
    private static let signs: Set<String> = ["DequantizeLinear", "MatMulInteger", "QLinearConv", "Cast"]
}

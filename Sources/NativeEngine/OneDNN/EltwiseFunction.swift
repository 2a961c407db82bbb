import COneDNN
import Operators

/// An element-wise function in oneDNN's terms.
struct EltwiseFunction {
    let algorithm: Int32
    let alpha: Float
    let beta: Float

    init(_ algorithm: Int, alpha: Float = 0, beta: Float = 0) {
        self.algorithm = Int32(algorithm)
        self.alpha = alpha
        self.beta = beta
    }

    /// Translates a function of the kernel vocabulary; `nil` where oneDNN lacks it.
    init?(_ kind: Kernel.UnaryKind) {
        switch kind {
        case .relu: self.init(ONEDNN_ELTWISE_RELU)
        case .leakyRelu(let slope): self.init(ONEDNN_ELTWISE_RELU, alpha: slope)
        case .elu(let alpha): self.init(ONEDNN_ELTWISE_ELU, alpha: alpha)
        case .sigmoid: self.init(ONEDNN_ELTWISE_LOGISTIC)
        case .tanh: self.init(ONEDNN_ELTWISE_TANH)
        case .exponential: self.init(ONEDNN_ELTWISE_EXP)
        case .logarithm: self.init(ONEDNN_ELTWISE_LOG)
        case .squareRoot: self.init(ONEDNN_ELTWISE_SQRT)
        case .absolute: self.init(ONEDNN_ELTWISE_ABS)
        case .negation: self.init(ONEDNN_ELTWISE_LINEAR, alpha: -1)
        case .softplus: self.init(ONEDNN_ELTWISE_SOFT_RELU, alpha: 1)
        case .hardSwish: self.init(ONEDNN_ELTWISE_HARD_SWISH, alpha: 1 / 6, beta: 0.5)
        case .hardSigmoid(let alpha, let beta): self.init(ONEDNN_ELTWISE_HARD_SIGMOID, alpha: alpha, beta: beta)
        case .clip(let lower, let upper): self.init(ONEDNN_ELTWISE_CLIP, alpha: lower, beta: upper)
        case .linear(let scale, let offset): self.init(ONEDNN_ELTWISE_LINEAR, alpha: scale, beta: offset)
        default: return nil
        }
    }
}

/// The closed vocabulary that fast engines implement; what no kernel expresses runs on the reference kernel.
public enum Kernel: Sendable, Hashable {
    /// Operands: data `[N, C, spatial…]`, weights `[M, C/group, kernel…]`, bias `[M]`.
    case convolution(Window, groups: Int)
    /// The transpose of a convolution. Operands: data, weights `[C, M/group, kernel…]`, bias `[M]`.
    case transposedConvolution(Window, groups: Int, outputPadding: [Int])
    /// `alpha · op(A) · op(B) + beta · C` over broadcast leading axes. Operands: A, B, C.
    case matrixProduct(transposeA: Bool, transposeB: Bool, alpha: Float, beta: Float)
    /// Operands: data `[N, C, spatial…]`.
    case pooling(PoolingKind, Window)
    /// Normalisation by given statistics per channel (axis 1). Operands: data, scale, shift, mean, variance.
    case batchNormalization(epsilon: Float)
    /// Normalisation over the axes from `axis` on. Operands: data, scale, shift.
    case layerNormalization(axis: Int, epsilon: Float)
    /// Local response normalisation across channels. Operands: data.
    case localResponseNormalization(size: Int, alpha: Float, beta: Float, bias: Float)
    /// Operands: data.
    case softmax(axis: Int, logarithm: Bool)
    /// Operands: data.
    case reduction(ReductionKind, axes: [Int], keepsDimensions: Bool)
    /// One element-wise function. Operands: data.
    case unary(UnaryKind)
    /// One element-wise function of two operands under numpy broadcasting. Operands: A, B.
    case binary(BinaryKind)
    /// Operands: data.
    case resampling(ResamplingKind, outputSize: [Int])
    /// A permutation of axes. Operands: data.
    case reorder(permutation: [Int])
    /// The same elements under another shape. Operands: data.
    case view
    /// Joins operands along an axis. Operands: all.
    case concatenation(axis: Int)
    /// A recurrent network. Operands: data, input weights, recurrent weights, biases, first states, first cells.
    case recurrent(Recurrence)

    /// The geometry of a sliding window, spatial axes only; padding holds all beginnings, then all ends.
    public struct Window: Sendable, Hashable {
        /// The extents of the window.
        public var size: [Int]
        /// The steps.
        public var strides: [Int]
        /// The distances between neighbours of the window.
        public var dilations: [Int]
        /// Zeros (or, for a maximum, nothing) added: all beginnings, then all ends.
        public var padding: [Int]

        /// Makes a window.
        public init(size: [Int], strides: [Int], dilations: [Int], padding: [Int]) {
            self.size = size
            self.strides = strides
            self.dilations = dilations
            self.padding = padding
        }
    }

    /// What a pooling window computes.
    public enum PoolingKind: Sendable, Hashable {
        case maximum
        /// The mean; padding counts as zeros or not at all.
        case average(countsPadding: Bool)
    }

    /// What a reduction computes.
    public enum ReductionKind: Sendable, Hashable {
        case sum, mean, maximum, minimum, product, l1Norm, l2Norm, sumOfSquares
    }

    /// Element-wise functions of one operand.
    public enum UnaryKind: Sendable, Hashable {
        case relu, sigmoid, tanh, exponential, logarithm, squareRoot, absolute, negation, softplus, error, hardSwish
        case leakyRelu(slope: Float)
        case elu(alpha: Float)
        case hardSigmoid(alpha: Float, beta: Float)
        case clip(lower: Float, upper: Float)
        /// `scale · x + offset`.
        case linear(scale: Float, offset: Float)
    }

    /// Element-wise functions of two operands.
    public enum BinaryKind: Sendable, Hashable {
        case addition, subtraction, multiplication, division, maximum, minimum
    }

    /// How resampling picks or mixes neighbours.
    public enum ResamplingKind: Sendable, Hashable {
        case nearest, linear
    }
}

public import Tensors

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
    /// What two operands of one type are to each other, as truth values. Operands: A, B.
    case comparison(ComparisonKind)
    /// What one operand is, as truth values. Operands: data.
    case classification(ClassificationKind)
    /// The elements of one operand where a condition is true, of another elsewhere. Operands: condition, A, B.
    case selection
    /// Elements in another type. Operands: data.
    case cast(to: ElementType)
    /// Elements along a walk. Operands: data.
    case slice(Walk)
    /// Consecutive parts along an axis, one result each. Operands: data.
    case split(axis: Int, sizes: [Int])
    /// Elements around data; negative numbers take elements away. Operands: data, the constant (zero where omitted).
    case padding(PaddingKind, before: [Int], after: [Int])
    /// Data stretched to extents under numpy broadcasting. Operands: data.
    case expansion([Int])
    /// Data repeated along each axis. Operands: data.
    case repetition([Int])
    /// Data read as other extents, its axes permuted, under the extents of the result. Operands: data.
    case rearrangement(apart: [Int], permutation: [Int], extents: [Int])
    /// Slices along an axis, picked by indices whose axes take its place. Operands: data, indices.
    case gather(axis: Int)
    /// Elements picked by indices that take the place of their own along an axis. Operands: data, indices.
    case elementGather(axis: Int)
    /// A recurrent network. Operands: data, input weights, recurrent weights, biases, first states, first cells.
    case recurrent(Recurrence)
    /// Quantisation to unsigned bytes by the range of the data, or of each row. Operands: data. Results: bytes, scales, zero
    /// points.
    case dynamicQuantization(perRow: Bool)
    /// Operands: data, scale, zero point; the bytes are signed as the zero point is, or as said.
    case quantization(axis: Int?, isSigned: Bool)
    /// Operands: data, scale, zero point.
    case dequantization(axis: Int?)
    /// The product of quantised matrices. Operands: A, its scale and zero point, B, its scale and zero point, bias, scale and
    /// zero point of the result. Without scales the result is the sums in `i32`, without that of the result it is `f32`. A
    /// without scale and zero point may be real.
    case quantizedProduct(transposeB: Bool, QuantizedActivation)
    /// The convolution of quantised data. Operands and result: as of the product.
    case quantizedConvolution(Window, groups: Int, QuantizedActivation)
    /// Rows of a quantised matrix, dequantised. Operands: table, indices, scale and zero point, one or one for each row.
    case quantizedGather

    /// What is done to real results before they are stored or quantised again.
    public enum QuantizedActivation: Sendable, Hashable {
        case identity, relu, gelu
    }

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

    /// What stands beyond the ends of an axis.
    public enum PaddingKind: String, Sendable, Hashable {
        case constant
        /// The inside, mirrored at the outermost elements.
        case reflect
        /// The outermost element.
        case edge
        /// The other end.
        case wrap

        /// Which element of an axis of at least one stands at a place beyond it; `nil` for the constant.
        public func source(of place: Int, extent: Int) -> Int? {
            switch self {
            case .constant: return nil
            case .edge: return min(max(place, 0), extent - 1)
            case .wrap: return (place % extent + extent) % extent
            case .reflect:
                let period = max(1, 2 * (extent - 1))
                let mirrored = (place % period + period) % period
                return mirrored < extent ? mirrored : period - mirrored
            }
        }
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
        case softsign, mish, sign, floor, ceiling, reciprocal, sine, cosine, square, cube
        /// To the nearest whole number, halves to the even one.
        case round
        /// `x Φ(x)`, exactly or by the hyperbolic tangent.
        case gelu(isApproximate: Bool)
        /// `x · sigmoid(alpha x)`.
        case swish(alpha: Float)
        case celu(alpha: Float)
        case selu(alpha: Float, gamma: Float)
    }

    /// What an element is.
    public enum ClassificationKind: Sendable, Hashable {
        case isFalse, isNotANumber
    }

    /// What two elements are to each other.
    public enum ComparisonKind: Sendable, Hashable {
        case equal, less, lessOrEqual, greater, greaterOrEqual, and, or, exclusiveOr
    }

    /// Element-wise functions of two operands.
    public enum BinaryKind: Sendable, Hashable {
        case addition, subtraction, multiplication, division, maximum, minimum
        /// The first where it is not negative, the product elsewhere.
        case leakyProduct
    }

    /// How resampling picks or mixes neighbours.
    public enum ResamplingKind: Sendable, Hashable {
        case nearest, linear
    }
}

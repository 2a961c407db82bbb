import CVectorKernels
import Operators
import Tensors

/// A function of one `f32` with its parameters.
struct UnaryFunction: @unchecked Sendable {
    let apply: AssayUnaryFunction
    let a: Float
    let b: Float
}

extension VectorKernels {
    private var elementwise: AssayElementwiseKernels { table.pointee.elementwise }

    /// A function of one `f32`; `nil` where there is none.
    func unary(_ kind: Kernel.UnaryKind) -> UnaryFunction? {
        let (code, a, b) = kind.vectorForm
        return elementwise.unary(code).map { UnaryFunction(apply: $0, a: a, b: b) }
    }

    /// A function of two elements of a type; `nil` where there is none.
    func binary(_ kind: Kernel.BinaryKind, _ type: ElementType) -> AssayBinaryFunction? {
        type.vectorType.flatMap { elementwise.binary(kind.vectorForm, $0) }
    }

    /// A comparison of two elements of a type; `nil` where there is none.
    func comparison(_ kind: Kernel.ComparisonKind, _ type: ElementType) -> AssayBinaryFunction? {
        type.vectorType.flatMap { elementwise.binary(kind.vectorForm, $0) }
    }

    /// A conversion; `nil` where there is none.
    func cast(from: ElementType, to: ElementType) -> AssayCastFunction? {
        guard let from = from.vectorType, let to = to.vectorType else { return nil }
        return elementwise.cast(from, to)
    }

    /// A classification of elements of a type; `nil` where there is none.
    func classification(_ kind: Kernel.ClassificationKind, _ type: ElementType) -> AssayCastFunction? {
        switch (kind, type) {
        case (.isFalse, .bool): elementwise.isFalse
        case (.isNotANumber, .float32): elementwise.isNotANumber
        default: nil
        }
    }

    /// A choice among elements of so many bytes; `nil` where there is none.
    func selection(width: Int) -> AssaySelectFunction? { elementwise.select(Int64(width)) }
}

extension Kernel.UnaryKind {
    /// The function in the words of the vector kernels, with its parameters.
    fileprivate var vectorForm: (AssayUnary, a: Float, b: Float) {
        switch self {
        case .leakyRelu(let slope): (ASSAY_LEAKY_RELU, slope, 0)
        case .elu(let alpha): (ASSAY_ELU, alpha, 0)
        case .celu(let alpha): (ASSAY_CELU, alpha, 0)
        case .selu(let alpha, let gamma): (ASSAY_SELU, alpha, gamma)
        case .hardSigmoid(let alpha, let beta): (ASSAY_HARD_SIGMOID, alpha, beta)
        case .clip(let lower, let upper): (ASSAY_CLIP, lower, upper)
        case .linear(let scale, let offset): (ASSAY_LINEAR, scale, offset)
        case .swish(let alpha): (ASSAY_SWISH, alpha, 0)
        case .gelu(let isApproximate): (isApproximate ? ASSAY_GELU_TANH : ASSAY_GELU, 0, 0)
        case .relu: (ASSAY_RELU, 0, 0)
        case .sigmoid: (ASSAY_SIGMOID, 0, 0)
        case .tanh: (ASSAY_TANH, 0, 0)
        case .exponential: (ASSAY_EXP, 0, 0)
        case .logarithm: (ASSAY_LOG, 0, 0)
        case .squareRoot: (ASSAY_SQRT, 0, 0)
        case .absolute: (ASSAY_ABS, 0, 0)
        case .negation: (ASSAY_NEGATE, 0, 0)
        case .softplus: (ASSAY_SOFTPLUS, 0, 0)
        case .softsign: (ASSAY_SOFTSIGN, 0, 0)
        case .error: (ASSAY_ERF, 0, 0)
        case .hardSwish: (ASSAY_HARD_SWISH, 0, 0)
        case .mish: (ASSAY_MISH, 0, 0)
        case .sign: (ASSAY_SIGN, 0, 0)
        case .floor: (ASSAY_FLOOR, 0, 0)
        case .ceiling: (ASSAY_CEIL, 0, 0)
        case .round: (ASSAY_ROUND, 0, 0)
        case .reciprocal: (ASSAY_RECIPROCAL, 0, 0)
        case .sine: (ASSAY_SIN, 0, 0)
        case .cosine: (ASSAY_COS, 0, 0)
        case .square: (ASSAY_SQUARE, 0, 0)
        case .cube: (ASSAY_CUBE, 0, 0)
        }
    }
}

extension Kernel.BinaryKind {
    fileprivate var vectorForm: AssayBinary {
        switch self {
        case .addition: ASSAY_ADD
        case .subtraction: ASSAY_SUBTRACT
        case .multiplication: ASSAY_MULTIPLY
        case .division: ASSAY_DIVIDE
        case .maximum: ASSAY_MAXIMUM
        case .minimum: ASSAY_MINIMUM
        case .leakyProduct: ASSAY_LEAKY
        }
    }
}

extension Kernel.ComparisonKind {
    fileprivate var vectorForm: AssayBinary {
        switch self {
        case .equal: ASSAY_EQUAL
        case .less: ASSAY_LESS
        case .lessOrEqual: ASSAY_LESS_OR_EQUAL
        case .greater: ASSAY_GREATER
        case .greaterOrEqual: ASSAY_GREATER_OR_EQUAL
        case .and: ASSAY_AND
        case .or: ASSAY_OR
        case .exclusiveOr: ASSAY_XOR
        }
    }
}

extension ElementType {
    fileprivate var vectorType: AssayType? {
        switch self {
        case .float32: ASSAY_F32
        case .float64: ASSAY_F64
        case .int64: ASSAY_I64
        case .int32: ASSAY_I32
        case .int8: ASSAY_I8
        case .uint8: ASSAY_U8
        case .bool: ASSAY_BOOL
        case .float16: ASSAY_F16
        default: nil
        }
    }
}

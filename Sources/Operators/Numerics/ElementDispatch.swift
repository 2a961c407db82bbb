import Tensors

/// A computation that is the same for every numeric element type.
///
/// A visitor rather than a closure, because Swift closures are not generic; the `switch` of `dispatch` names each type,
/// so that the compiler makes a fast copy for each.
protocol NumberKernel {
    associatedtype Result
    func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Result
}

/// A computation that is the same for `f32` and `f64`; narrower floats are widened before (see `Call.widened`).
protocol RealKernel {
    associatedtype Result
    func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Result
}

extension ElementType {
    /// Runs a computation in the Swift type of this element type.
    ///
    /// - Throws: `OperatorError` of code `type` where the elements are not numbers of a native width.
    func dispatch<Kernel: NumberKernel>(_ kernel: Kernel, path: String) throws(OperatorError) -> Kernel.Result {
        switch self {
        case .float32: return try kernel.run(Float.self)
        case .float64: return try kernel.run(Double.self)
        case .int8: return try kernel.run(Int8.self)
        case .int32: return try kernel.run(Int32.self)
        case .int64: return try kernel.run(Int64.self)
        case .uint8: return try kernel.run(UInt8.self)
        default:
            guard let type = rareNumber else {
                throw OperatorError(.type, subject: path, reason: "it does not compute with elements of \(name)")
            }
            return try kernel.run(type)
        }
    }

    /// The Swift types of numbers that models seldom hold.
    ///
    /// They are named here and not in `dispatch`, out of the
    /// optimiser's sight, so that each kernel is compiled for them together: slower to run, and half the code to compile.
    @inline(never)
    private var rareNumber: (any Number.Type)? {
        switch self {
        case .int16: Int16.self
        case .uint16: UInt16.self
        case .uint32: UInt32.self
        case .uint64: UInt64.self
        default: nil
        }
    }

    /// Runs a computation in `Float` or `Double`.
    ///
    /// - Throws: `OperatorError` of code `type` where the elements are neither `f32` nor `f64`.
    func dispatchReal<Kernel: RealKernel>(_ kernel: Kernel, path: String) throws(OperatorError) -> Kernel.Result {
        switch self {
        case .float32: try kernel.run(Float.self)
        case .float64: try kernel.run(Double.self)
        default: throw OperatorError(.type, subject: path, reason: "it does not compute with elements of \(name)")
        }
    }
}

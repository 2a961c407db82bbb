public import Graphs

/// One operator of the ONNX standard (or of a domain we know), whole: what it takes, what it returns, what it costs, how
/// it is computed, how it is differentiated, and how a fast engine may run it.
///
/// An operator is one file in `Sources/Operators/<Family>/` and one line of `OperatorCatalogue`. Its `examples` serve the
/// reference-against-engines tests, the gradient tests, the support matrix, micro-benchmarks and the documentation.
public protocol Operator: Sendable {
    /// The name nodes call it by (`op_type`).
    var name: String { get }
    /// The domain; the standard domain is `""`.
    var domain: String { get }
    /// The family it is documented under, which is also its folder.
    var family: OperatorFamily { get }
    /// Inputs, outputs, attributes, and the operator-set versions that changed it.
    var signature: Signature { get }
    /// How closely two correct implementations agree.
    var agreement: Agreement { get }
    /// Small calls that show every attribute and form of the operator at work.
    var examples: [Example] { get }

    /// The types of the outputs, as far as the types and constants of the inputs tell.
    ///
    /// - Throws: `OperatorError` when no value of the output type could exist: shapes that do not fit, types not allowed.
    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?]
    /// What is known of the elements of small integer outputs before the call runs: fixed numbers and symbols, as
    /// `Shape` of a partly known shape gives; empty, or `nil` for an output, where nothing is. Outputs of calls whose
    /// inputs are all constant need no rule: the inference evaluates them.
    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?]
    /// The arithmetic and memory traffic of one call.
    func work(_ site: CallSite, outputs: [ValueType?]) -> Work
    /// The reference kernel: computes the outputs by the letter of the standard; clarity before speed.
    ///
    /// - Throws: `OperatorError` when the standard does not define a result for these inputs.
    func evaluate(_ call: Call) throws(OperatorError) -> [Value]
    /// The gradient as a function of standard operators; `nil` where the operator has none.
    ///
    /// - Throws: `OperatorError` when this call cannot be differentiated though the operator can.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback?
    /// The kernel of the closed vocabulary that computes this call; `nil` leaves it to the reference kernel.
    func lowering(_ site: CallSite) -> Lowering?
}

extension Operator {
    /// The standard domain.
    public var domain: String { "" }
    /// Nothing.
    public func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] { [] }
    /// One pass over inputs and outputs, and no arithmetic.
    public func work(_ site: CallSite, outputs: [ValueType?]) -> Work { Work.traffic(site, outputs: outputs) }
    /// No gradient.
    public func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? { nil }
    /// The reference kernel.
    public func lowering(_ site: CallSite) -> Lowering? { nil }

    /// Why a call of an operator cannot be differentiated whose gradient is not written.
    func noGradient(_ site: CallSite) -> OperatorError {
        OperatorError(
            .notDifferentiable, subject: site.path, reason: "\(name) has no gradient here",
            remedy: "differentiate the parts of the model after it")
    }
}

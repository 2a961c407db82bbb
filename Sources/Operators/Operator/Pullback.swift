public import Graphs

/// The gradient of one call as a function of domain `assay.gradient` whose body is standard operators.
///
/// The function names what it reads: `input.I` and `output.I` are the call's own values, `gradient.I` is the gradient of
/// the loss with respect to output `I`; it returns `inputGradient.I` for each input it differentiates. It lists only what
/// it uses. It is made per call signature (rank, static attributes, broadcast axes), and its name carries the hash of its
/// body, so that equal call sites share one function.
public struct Pullback: Sendable, Hashable {
    /// The domain of every pullback.
    public static let domain = "assay.gradient"

    /// The function.
    public var function: Function

    /// Makes a pullback of a function that follows the naming above.
    public init(function: Function) { self.function = function }
}

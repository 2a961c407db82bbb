public import Graphs

/// A rewriting of a model into an equal one that is cheaper to run; ordinary ONNX in, ordinary ONNX out.
///
/// A pass works in the main graph, in bodies of control flow and in local functions. Inputs, outputs and their names stay;
/// a name that stays keeps its value. What a pass cannot prove it leaves alone, so that an odd model is never an error.
public protocol Pass: Sendable {
    /// The name by which it is switched: `constant-folding`.
    var name: String { get }
    /// What it does, in one line.
    var summary: String { get }
    /// The newest version of the standard operator set that its results may need; `nil` where the model's own suffices.
    var neededOpset: Int? { get }

    /// Rewrites a model.
    ///
    /// - Returns: how many places were rewritten; 0 where the model is left as it was.
    func apply(to model: inout Model, _ context: PassContext) -> Int

    /// Rewrites a model of which earlier passes may have left something known.
    ///
    /// - Returns: how many places were rewritten; 0 where the model is left as it was.
    func apply(to model: inout Model, _ context: PassContext, known: KnownRegions) -> Int
}

extension Pass {
    /// The model's own.
    public var neededOpset: Int? { nil }

    /// Rewrites the model with nothing known of it.
    public func apply(to model: inout Model, _ context: PassContext, known: KnownRegions) -> Int {
        apply(to: &model, context)
    }
}

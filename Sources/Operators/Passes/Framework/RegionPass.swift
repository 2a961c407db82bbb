import Graphs

/// A pass that works on one list of nodes at a time.
protocol RegionPass: Pass {
    /// Constants of at most this many elements are computed when shapes are inferred; small unless values are wanted.
    func inferenceLimit(_ context: PassContext) -> Int
    /// Rewrites one region; bodies of its nodes are regions of their own.
    func rewrite(_ region: inout Region)
}

extension RegionPass {
    func inferenceLimit(_ context: PassContext) -> Int { 1 << 12 }

    func apply(to model: inout Model, _ context: PassContext) -> Int {
        apply(to: &model, context, known: KnownRegions())
    }

    /// Rewrites a model of which an earlier pass may have left something known.
    func apply(to model: inout Model, _ context: PassContext, known: KnownRegions) -> Int {
        var walk = RegionWalk(model, context, limit: inferenceLimit(context), known: known)
        guard let result = walk.rewritten(by: self) else { return 0 }
        model = result
        return walk.rewrites
    }
}

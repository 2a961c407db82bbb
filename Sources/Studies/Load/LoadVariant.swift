import Assets

/// A model at one batch, and what its runs are given in turn.
struct LoadVariant: Sendable {
    /// Items in one run.
    let batch: Int
    /// The file that every engine loads.
    let file: ResolvedModel
    /// One list of tensors a run, made before anything is timed.
    let inputs: [[NamedTensor]]
}

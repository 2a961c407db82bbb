/// One sample on its way through the whole pipeline, on the raw monotonic clock in nanoseconds.
struct ApplicationSample: Sendable {
    /// A step of the coordinator or the run of the engine.
    struct Step: Sendable {
        /// What sort of work a step is.
        enum Kind: String, Sendable, CaseIterable {
            case decode
            case preprocess = "pre-process"
            case transfer
            case run
            case postprocess = "post-process"
        }

        var name: String
        var kind: Kind
        var start: Int64
        var duration: Int64
        var end: Int64 { start + duration }
    }

    /// The sample's name.
    var name: String
    /// The steps in order.
    var steps: [Step] = []

    /// When it began and when it was done.
    var start: Int64 { steps.first?.start ?? 0 }
    var end: Int64 { steps.map(\.end).max() ?? 0 }
    /// The run of the engine.
    var run: Step? { steps.first { $0.kind == .run } }

    /// The time of all steps of a kind.
    func time(_ kind: Step.Kind) -> Int64 { steps.reduce(0) { $0 + ($1.kind == kind ? $1.duration : 0) } }
}

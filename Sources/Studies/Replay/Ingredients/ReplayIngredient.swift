import Records

/// Something that went into a record, as it was recorded and as it is here.
struct ReplayIngredient: Sendable, Hashable {
    /// How the two compare.
    enum State: Sendable, Hashable {
        case same
        case differs
        /// The record does not say.
        case unknown
    }

    /// What can be put back to what it was when the record was made.
    enum Swap: Sendable, Hashable {
        /// Values of the spec.
        case spec([SpecChange])
        /// The builds of engines: values of the spec, and which lock chooses.
        case engines([SpecChange])
        /// The bytes of model files, by the models' references.
        case models(Set<String>)
        /// Nothing, and why.
        case impossible(String)
    }

    /// The name in metrics: `threads`, `engine`, `model`, `resize.filter`, `processor`.
    let name: String
    /// As it was recorded.
    let recorded: String
    /// As it is here.
    let here: String
    let state: State
    let swap: Swap
    /// What more is known of the difference: how two files differ.
    var detail = ""
    /// True when an engine, or what it is fed or asked, depends on it; a title reaches no engine.
    var reachesEngine = true

    /// True when it differs and can be put back.
    var isCandidate: Bool {
        if case .impossible = swap { return false }
        return state == .differs
    }

    /// Why it cannot be put back; `nil` when it can.
    var obstacle: String? { if case .impossible(let reason) = swap { reason } else { nil } }
}

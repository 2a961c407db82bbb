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

    /// True when it differs and can be put back.
    var isCandidate: Bool {
        if case .impossible = swap { return false }
        return state == .differs
    }

    /// True when an engine, or what it is fed or asked, depends on it; a title reaches no engine.
    var reachesEngine: Bool {
        guard case .spec(let changes) = swap else { return true }
        return changes.contains { !$0.path.isIdle }
    }

    /// Why it cannot be put back; `nil` when it can.
    var obstacle: String? { if case .impossible(let reason) = swap { reason } else { nil } }
}

extension SpecPath {
    /// The name of the ingredient to which a place of an evaluation's spec belongs; places of all models and all stacks that
    /// mean the same share one.
    var ingredient: String {
        let keys = keys
        let rest = keys.dropFirst().joined(separator: ".")
        switch (keys.first, keys.dropFirst().first) {
        case ("stacks", "engine"), ("stacks", "version"): return "engine"
        case ("stacks", "threads"): return "threads"
        case ("stacks", "environment"): return rest
        case ("stacks", _): return "option." + rest
        case ("models", "model"): return "model"
        case ("models", "preprocess"):
            return keys.count > 2 ? keys.dropFirst(2).joined(separator: ".") : "pre-processing"
        case ("models", _): return "model." + rest
        default: return keys.joined(separator: ".")
        }
    }

    /// True for places that no engine and none of its inputs depend on: titles, limits of time, tolerances, and how speed is
    /// measured, which a replay decides by itself.
    var isIdle: Bool {
        ["title", "tolerance", "limits", "measure"].contains(keys.first)
            || (keys.first == "models" && keys.dropFirst().first == "name")
    }
}

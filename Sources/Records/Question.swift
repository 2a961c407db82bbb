/// The seven questions that Assay answers about a model.
public enum Question: String, Sendable, Hashable, Codable, CaseIterable {
    /// How fast is it, and is a difference real?
    case fast
    /// Why is it not faster, and what would help?
    case why
    /// Is it itself: do exports, engines and versions agree on it?
    case itself
    /// Is it right, and where does it break?
    case right
    /// Does it survive faults, noise and bad memory?
    case survives
    /// Where should it run: which layers on the device, which on the server?
    case `where`
    /// What does it cost to train?
    case cost

    /// The question in words.
    public var text: String {
        switch self {
        case .fast: "How fast is it?"
        case .why: "Why is it not faster?"
        case .itself: "Is it itself?"
        case .right: "Is it right?"
        case .survives: "Does it survive?"
        case .where: "Where should it run?"
        case .cost: "What does it cost to train?"
        }
    }

    /// Whether an answer rests on times, and so differs from run to run.
    var restsOnTimes: Bool { self == .fast || self == .why || self == .where || self == .cost }
}

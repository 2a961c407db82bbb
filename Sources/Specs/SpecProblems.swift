/// The errors found so far while a document is read; reading goes on after each, so that all are told at once.
public struct SpecProblems: Sendable {
    /// The file, as the user named it.
    public let file: String
    /// The errors found so far.
    public private(set) var errors: [SpecError] = []

    init(file: String) { self.file = file }

    /// Adds an error at a node.
    public mutating func report(_ code: SpecError.Code, at node: SpecNode, _ reason: String, remedy: String = "") {
        report(code, mark: node.mark, path: node.path, reason, remedy: remedy)
    }

    /// Adds an error at a place.
    mutating func report(
        _ code: SpecError.Code, mark: SpecMark, path: String, _ reason: String, remedy: String = ""
    ) {
        // A document of many errors is told by its first hundred.
        guard errors.count < 100 else { return }
        errors.append(SpecError(code, file: file, mark: mark, subject: path, reason: reason, remedy: remedy))
    }

    /// Adds the error that something else is expected at a node.
    public mutating func expected(_ what: String, at node: SpecNode, remedy: String = "") {
        report(.wrongType, at: node, "expected \(what), found \(node.found)", remedy: remedy)
    }
}

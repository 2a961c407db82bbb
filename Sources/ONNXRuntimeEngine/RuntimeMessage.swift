import Engines

/// What ONNX Runtime says when it refuses something, read for the operator that it lacks or the input that is wrong.
struct RuntimeMessage {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The error of the given code, or of a more exact one where the words tell.
    func error(_ code: EngineError.Code, subject: String) -> EngineError {
        if code == .refusedModel, let name = lackingOperator {
            return EngineError(
                .unsupportedOperator, subject: "\(subject), operator \(name)", reason: text,
                remedy: "use another engine or a newer release for this model")
        }
        if code == .runFailed, Self.inputComplaints.contains(where: text.contains) {
            return EngineError(.invalidInput, subject: subject, reason: text)
        }
        return EngineError(code, subject: subject, reason: text)
    }

    private static let inputComplaints = ["Invalid rank for input", "Got invalid dimensions for input"]

    /// The operator that a message says is not registered or not implemented.
    private var lackingOperator: String? {
        // "Could not find an implementation for Foo(13) node with name ''"
        word(after: "Could not find an implementation for ")
            // "No Op registered for Foo with domain_version of 13"
            ?? word(after: "No Op registered for ")
            // "Fatal error: some.domain:Foo(-1) is not a registered function/op"
            ?? (text.contains("is not a registered function/op") ? word(after: "Fatal error: ") : nil)
    }

    private func word(after phrase: String) -> String? {
        guard let range = text.firstRange(of: phrase) else { return nil }
        let name = text[range.upperBound...].prefix { !$0.isWhitespace }
        return name.isEmpty ? nil : String(name)
    }
}

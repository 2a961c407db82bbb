import Engines

/// What OpenVINO says when it refuses something, read for the operators that it lacks.
struct RuntimeMessage {
    /// The words without the lines that only say where in the library's source they come from.
    let text: String

    init(_ message: String) {
        let lines = message.split(separator: "\n").filter { !$0.hasPrefix("Exception from ") }
        text = lines.joined(separator: "\n").trimmed
    }

    /// The error of the given code, or of a more exact one where the words tell.
    func error(_ code: EngineError.Code, subject: String) -> EngineError {
        guard code == .refusedModel, let operators = lackingOperators else {
            return EngineError(code, subject: subject, reason: text)
        }
        return EngineError(
            .unsupportedOperator, subject: "\(subject), operator \(operators)", reason: text,
            remedy: "use another engine for this model; functions of the model's own can be inlined")
    }

    private static let phrases = [
        "No conversion rule found for operations: ",
        "OpenVINO does not support the following ONNX operations: ",
        "Not supported ONNX operator: ",
    ]

    /// The operators that a message says cannot be translated, missing ones or ones used in a form it lacks.
    private var lackingOperators: String? {
        for phrase in Self.phrases {
            guard let range = text.firstRange(of: phrase) else { continue }
            let names = text[range.upperBound...].prefix { !$0.isNewline }
            if !names.isEmpty { return String(names).trimmed }
        }
        return failedOperators
    }

    /// "-- Conv-16 with a message:", one line an operator.
    private var failedOperators: String? {
        let names = text.split(separator: "\n").compactMap { line -> Substring? in
            guard line.hasPrefix("-- "), let end = line.firstRange(of: " with a message:") else { return nil }
            return line[line.index(line.startIndex, offsetBy: 3)..<end.lowerBound]
        }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

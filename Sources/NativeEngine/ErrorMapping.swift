import Engines
import Graphs
import Operators
import Tensors

extension EngineError {
    /// The error of a model that cannot be read.
    init(_ error: GraphError, model: String) {
        self.init(
            .refusedModel, subject: Self.subject(model, error.subject), reason: error.reason, remedy: error.remedy)
    }

    /// The error of a model that cannot be prepared.
    init(preparing error: OperatorError, model: String) {
        let lacks: Set<OperatorError.Code> = [.unknownOperator, .unsupported]
        self.init(
            lacks.contains(error.code) ? .unsupportedOperator : .refusedModel,
            subject: Self.subject(model, error.subject), reason: error.reason, remedy: error.remedy)
    }

    /// The error of a run.
    init(running error: OperatorError, model: String) {
        let concernsInput = error.subject.hasPrefix("input '")
        self.init(
            concernsInput ? .invalidInput : .runFailed, subject: Self.subject(model, error.subject),
            reason: error.reason, remedy: error.remedy)
    }

    /// Messages of the reader name the file already.
    private static func subject(_ model: String, _ place: String) -> String {
        place.hasPrefix(model) ? place : "\(model), \(place)"
    }
}

import Specs
import Studies

/// The data of an evaluation's spec and how one of its models is fed with them.
struct EvaluationSource {
    let data: DataSpec
    let task: TaskSpec
    let model: ModelSpec

    /// Takes a model of an evaluation by its name, or its only one.
    ///
    /// - Parameters:
    ///   - path: the spec of the evaluation.
    ///   - reference: the model as the user names it.
    init(_ path: String, model reference: String) throws {
        let evaluation = try EvaluateSpec.spec.decode(contentsOf: path).value
        let models = evaluation.models.filter { [$0.model, $0.name].contains(reference) }
        guard let data = evaluation.data,
            let model = models.first ?? (evaluation.models.count == 1 ? evaluation.models[0] : nil)
        else {
            throw Failure(
                .wrongInput, code: "command.data", subject: "--data \(path)",
                reason: evaluation.data == nil ? "it has no data" : "it has no model '\(reference)'",
                remedy: evaluation.data == nil
                    ? "leave --data out, or name the spec of an evaluation with data"
                    : "its models are \(evaluation.models.map(\.model).joined(separator: ", "))")
        }
        self.data = data
        self.model = model
        task = evaluation.task
    }
}

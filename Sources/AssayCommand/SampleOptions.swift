import ArgumentParser
import Foundation
import Specs
import Studies

/// Where the samples come from that a model runs.
struct SampleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The spec of an evaluation whose data, pre-processing and task are used.", valueName: "evaluation"))
    var data: String?

    @OptionGroup var shapes: ShapeOptions

    /// The spec that a command is given, or one for a model, with the samples that the options name, and the folder that its
    /// paths start from.
    ///
    /// - Parameter give: takes over the task, where the study has one.
    /// - Throws: `SpecErrors`, or `Failure` where both a spec and `--data` are given.
    func spec<Spec: SampledSpec>(
        _ argument: String, of form: SpecObject<Spec>, default initial: Spec,
        _ give: (TaskSpec, inout Spec) -> Void = { _, _ in }
    ) throws -> (Spec, folder: String) {
        var spec = initial
        var folder = "."
        if argument.isSpecFile {
            spec = try form.decode(contentsOf: argument).value
            folder = URL(fileURLWithPath: argument).deletingLastPathComponent().path
            if let data {
                throw Failure(
                    .wrongInput, code: "command.data", subject: "--data \(data)", reason: "\(argument) is a spec",
                    remedy: "write 'data' and 'preprocess' in it, as in the spec of an evaluation")
            }
        } else {
            spec.model = argument
        }
        if let data {
            let source = try EvaluationSource(data, model: argument)
            spec.data = source.data
            spec.preprocess = source.model.preprocess
            spec.constants = source.model.constants
            spec.joining = source.model.joining
            spec.forms = source.model.forms
            give(source.task, &spec)
            folder = URL(fileURLWithPath: data).deletingLastPathComponent().path
        }
        spec.shapes += try shapes.named()
        return (spec, folder)
    }
}

import Assets
import Engines
public import Specs

extension EvaluateSpec {
    /// The JSON Schema (draft 2020-12) of the YAML form.
    public static var jsonSchema: String {
        spec.jsonSchema(identifier: "https://assay.invalid/schemas/evaluate.schema.json", title: "assay.evaluate/1")
            .json
    }

    /// The YAML form of an evaluation.
    public static let spec = SpecObject(
        "evaluate", "Which models, on which stacks, on which data, scored and measured how.", initial: EvaluateSpec(),
        [
            SpecField("title", \.title, .string, "What the record and the report are called."),
            .required(
                "models", \.models, .oneOrMany(of: ModelSpec.spec.type.orShort(.string) { ModelSpec($0) }),
                "The models, each with its own pre-processing."),
            SpecField(
                "stacks", \.stacks, .oneOrMany(of: StackRequest.type),
                "The engines with versions and options, side by side."),
            SpecField("data", \.data, .optional(DataSpec.type), "The data; seeded random inputs where there is none."),
            SpecField("task", \.task, TaskSpec.type, "What the outputs mean and how answers are scored."),
            SpecField("measure", \.measure, MeasureSpec.spec.type, "How speed is measured."),
            SpecField(
                "contest", \.contest, .duration,
                "How long the stacks of a model are compared in fresh processes; 0 s leaves it out."),
            SpecField("seed", \.seed, .int(0...), "The seed of every random choice."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
            SpecField(
                "tolerance", \.tolerance, .double(0...1),
                "The largest difference of outputs, max|a-b| / max|b|, at which two stacks agree."),
        ])
}

extension ModelSpec {
    static let spec = SpecObject(
        "model", "One model of an evaluation.", initial: ModelSpec(),
        [
            .required("model", \.model, .string, "A name of the zoo, or the path of an ONNX file."),
            SpecField("name", \.name, .optional(.string), "What the record calls it."),
            SpecField("extents", \.extents, .map(of: .int(1...)), "Extents for the symbols of the inputs."),
            .shapes(\.shapes),
        ] + feedingFields)
}

extension MeasureSpec {
    static let spec = SpecObject(
        "measure", "How speed is measured.", initial: MeasureSpec(),
        [
            SpecField("enabled", \.enabled, .bool, "False leaves speed out."),
            SpecField(
                "rounds", \.rounds, .int(2...10_000), "Rounds in which every stack takes its turn, in random order."),
            SpecField("duration", \.duration, .duration, "How long one stack runs in one round."),
            SpecField(
                "warmup", \.warmup, .duration, "The longest warm-up; it ends earlier when the run times have settled."),
            SpecField("samples", \.samples, .int(1...1_000_000), "The most runs that are kept of one round."),
        ])
}

extension LimitSpec {
    static let spec = SpecObject(
        "limits", "How long an engine may take before it is ended.", initial: LimitSpec(),
        [
            SpecField("start", \.start, .duration, "Starting the worker and opening the library."),
            SpecField("load", \.load, .duration, "Loading the model."),
            SpecField("run", \.run, .duration, "One run."),
        ])
}

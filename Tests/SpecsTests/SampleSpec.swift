import Specs

/// A declaration that uses every kind of field, for the tests.
struct SampleSpec: Sendable, Equatable {
    enum Precision: String, CaseIterable, Sendable { case f32, bf16, int8 }

    struct Stack: Sendable, Equatable {
        var engine = ""
        var version = "*"
        var precision = Precision.f32
        var threads: Int?
        var options = SpecValue.map([])

        static let spec = SpecObject(
            "stack", "An engine with its settings.", initial: Stack(),
            [
                .required("engine", \.engine, .string, "The engine's name."),
                SpecField("version", \.version, .literal, "The versions that will do."),
                SpecField("precision", \.precision, .enumeration, "The arithmetic asked for."),
                SpecField("threads", \.threads, .optional(.int(1...1024)), "Threads; all cores when left out."),
                SpecField("options", \.options, .anything, "Options handed to the engine as they are."),
            ])
    }

    struct Resize: Sendable, Equatable {
        var size = [0, 0]

        static let spec = SpecObject(
            "resize", "Changes the size.", initial: Resize(),
            [.required("size", \.size, .list(of: .int(1...), atLeast: 2), "Height and width.")])
    }

    enum Step: Sendable, Equatable {
        case flip
        case resize(Resize)
        case scale(Double)

        static let type = SpecType<Step>.choice(
            "step", "One step of pre-processing.",
            [
                SpecCase("flip", .flip, "Mirrors."),
                SpecCase(
                    "resize", Resize.spec.type, "Changes the size.", wrap: { .resize($0) },
                    unwrap: { if case .resize(let content) = $0 { content } else { nil } }),
                SpecCase(
                    "scale", .double, "Multiplies.", wrap: { .scale($0) },
                    unwrap: { if case .scale(let factor) = $0 { factor } else { nil } }, bare: 1),
            ])
    }

    var model = ""
    var stacks: [Stack] = []
    var warmup = Duration.milliseconds(500)
    var limit = 64 * 1024
    var rate = 100.0
    var quick = false
    var share = 0.5
    var tags: [SpecNamed<String>] = []
    var steps: [Step] = []

    static let spec = SpecObject(
        "sample", "A spec with every kind of field.", initial: SampleSpec(),
        [
            .required("model", \.model, .string, "The model's file or name."),
            .required(
                "stack", \.stacks,
                .oneOrMany(of: Stack.spec.type.orShort(.string) { Stack(engine: $0) }), "What to run it on."),
            SpecField("warmup", \.warmup, .duration, "How long to run before anything is timed."),
            SpecField("limit", \.limit, .bytes, "Memory at most."),
            SpecField("rate", \.rate, .frequency, "Requests a second."),
            SpecField("quick", \.quick, .bool, "Whether to be quick."),
            SpecField("share", \.share, .double(0...1), "The share of the data."),
            SpecField("tags", \.tags, .map(of: .string), "Words of your own."),
            SpecField("steps", \.steps, .list(of: Step.type), "What is done to an input."),
        ],
        rules: [
            { sample in
                sample.quick && sample.warmup > .seconds(1)
                    ? SpecViolation(key: "warmup", "a quick run warms up for a second at most", remedy: "shorten it")
                    : nil
            }
        ])

    static func errors(_ text: String) -> [SpecError] {
        do {
            _ = try spec.decode(text, file: "s.yaml")
            return []
        } catch {
            return error.all
        }
    }
}

public import Specs

extension TaskSpec {
    /// The YAML forms of a task.
    public static let type = SpecType<TaskSpec>.choice(
        "task", "What the outputs mean and how answers are scored.",
        [
            SpecCase(
                "outputs",
                SpecObject("outputs", "Only the outputs of the stacks are compared.", initial: Empty(), []).type,
                "Only the outputs of the stacks are compared.", wrap: { _ in .outputs },
                unwrap: { if case .outputs = $0 { Empty() } else { nil } }, bare: Empty()),
            SpecCase(
                "classification", ClassificationSpec.spec.type, "One class of many; top-k accuracy.",
                wrap: { .classification($0) }, unwrap: { if case .classification(let spec) = $0 { spec } else { nil } },
                bare: ClassificationSpec()),
            SpecCase(
                "transcription", TranscriptionSpec.spec.type,
                "A text by CTC decoding; exact texts and character errors.",
                wrap: { .transcription($0) }, unwrap: { if case .transcription(let spec) = $0 { spec } else { nil } },
                bare: TranscriptionSpec()),
            SpecCase(
                "embedding", EmbeddingSpec.spec.type, "A sentence as a vector; nearest neighbours of the same group.",
                wrap: { .embedding($0) }, unwrap: { if case .embedding(let spec) = $0 { spec } else { nil } },
                bare: EmbeddingSpec()),
        ])

    private struct Empty: Sendable {}
}

extension TaskSpec.ClassificationSpec {
    static let spec = SpecObject(
        "classification", "One class of many.", initial: TaskSpec.ClassificationSpec(),
        [
            SpecField("top", \.top, .list(of: .int(1...), atLeast: 1), "Which k of top-k accuracies are counted."),
            SpecField("classes", \.classes, .optional(TaskSpec.ClassNames.type), "Where the class names stand."),
            SpecField(
                "accept", \.accept, .lookup(of: .oneOrMany(of: .literal)),
                "For labels that are not class names, the class names that are right."),
            SpecField(
                "output", \.output, .optional(.string), "The output that holds the scores; the first real one if unset."
            ),
        ])
}

extension TaskSpec.TranscriptionSpec {
    static let spec = SpecObject(
        "transcription", "A text by greedy CTC decoding.", initial: TaskSpec.TranscriptionSpec(),
        [
            SpecField("metadata", \.metadata, .string, "The key of the model's metadata that lists the characters."),
            SpecField("space", \.space, .bool, "Whether the space is the last class."),
            SpecField("strict", \.strict, .bool, "Whether case and spaces count."),
            SpecField(
                "output", \.output, .optional(.string), "The output that holds the scores; the first real one if unset."
            ),
        ])
}

extension TaskSpec.EmbeddingSpec {
    static let spec = SpecObject(
        "embedding", "A sentence as a vector.", initial: TaskSpec.EmbeddingSpec(),
        [
            SpecField(
                "output", \.output, .optional(.string),
                "The output that holds the vectors; the first real one if unset."),
            SpecField("mask", \.mask, .string, "The input that holds the attention mask."),
        ])
}

extension TaskSpec.ClassNames {
    private struct JSONPlace: Sendable {
        var file = ""
        var key = ""
        static let spec = SpecObject(
            "json-list", "A list under a key of a JSON file.", initial: JSONPlace(),
            [.required("file", \.file, .string, "The file."), .required("key", \.key, .string, "The key.")])
    }

    static let type = SpecType<TaskSpec.ClassNames>.choice(
        "classes", "Where the class names stand.",
        [
            SpecCase(
                "list", .list(of: .literal, atLeast: 1), "The names themselves.", wrap: { .list($0) },
                unwrap: { if case .list(let names) = $0 { names } else { nil } }),
            SpecCase(
                "file", .string, "A text file with one name a line.", wrap: { .file($0) },
                unwrap: { if case .file(let path) = $0 { path } else { nil } }),
            SpecCase(
                "metadata", .string, "A text in the model's metadata with one name a line.", wrap: { .metadata($0) },
                unwrap: { if case .metadata(let key) = $0 { key } else { nil } }),
            SpecCase(
                "json", JSONPlace.spec.type, "A list under a key of a JSON file.",
                wrap: { .json(file: $0.file, key: $0.key) },
                unwrap: { if case .json(let file, let key) = $0 { JSONPlace(file: file, key: key) } else { nil } }),
        ])
}

extension SpecType {
    /// Values under names, as a dictionary.
    static func lookup<Element: Sendable>(of element: SpecType<Element>) -> SpecType<[String: Element]> {
        SpecType<[SpecNamed<Element>]>.map(of: element).mapped(
            to: { Dictionary($0.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) },
            from: { $0.sorted { $0.key < $1.key }.map { SpecNamed($0.key, $0.value) } })
    }
}

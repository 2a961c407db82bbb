import Assets
import Engines
import Specs

/// Every key of an evaluation's spec as one Markdown page, made from the declarations that read specs.
public enum EvaluateReference {
    /// The page.
    public static let markdown = page([
        ("Spec", [EvaluateSpec.spec.markdown, ModelSpec.spec.markdown] + ModelForm.markdown),
        ("Stacks", [StackRequest.markdown]),
        ("Data", DataSpec.markdown + DataCatalogue.markdown),
        ("Pre-processing", StepCatalogue.entries.map(\.markdown)),
        (
            "Task",
            [
                TaskSpec.ClassificationSpec.spec.markdown, TaskSpec.TranscriptionSpec.spec.markdown,
                TaskSpec.EmbeddingSpec.spec.markdown,
            ]
        ),
        ("Measuring", [MeasureSpec.spec.markdown, LimitSpec.spec.markdown]),
    ])

    private static func page(_ sections: [(title: String, tables: [String])]) -> String {
        let head = """
            # Keys of an evaluation

            Made from the declarations that read specs; [evaluate.md](evaluate.md) explains them, \
            [Schemas/evaluate.schema.json](Schemas/evaluate.schema.json) is the same for editors. A map of one key \
            chooses one of several forms: `resize: {width: 224, height: 224}`.
            """
        let body = sections.map { "## \($0.title)\n\n" + $0.tables.joined(separator: "\n") }
        return ([head] + body).joined(separator: "\n\n").replacing("\n\n\n", with: "\n\n")
    }
}

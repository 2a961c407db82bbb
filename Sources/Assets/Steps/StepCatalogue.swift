public import Specs

/// The steps that a spec can name: one line each here, everything else in the step's own file.
public enum StepCatalogue {
    /// One step of pre-processing in a spec: `resize: {width: 224, height: 224, filter: pillow.bicubic}`.
    public static let type = SpecType<any Step>.choice(
        "step", "One step of pre-processing.", entries.map(\.form))

    /// What is known of a step without making one.
    public struct Entry: Sendable {
        /// The name in a spec.
        public let name: String
        /// What it does.
        public let documentation: String
        /// Parameters, defaults and meanings as a Markdown table.
        public let markdown: String
        let form: SpecCase<any Step>

        init<Kind: Step>(_ kind: Kind.Type) {
            name = kind.name
            documentation = kind.spec.documentation
            markdown = kind.spec.markdown
            form = SpecCase(
                kind.name, kind.type, kind.spec.documentation, wrap: { $0 }, unwrap: { $0 as? Kind })
        }
    }

    /// All steps, in the order of the documentation.
    public static let entries: [Entry] = [
        Entry(Decode.self), Entry(Resize.self), Entry(ResizeShorterSide.self), Entry(FitHeight.self),
        Entry(Letterbox.self), Entry(CenterCrop.self), Entry(Pad.self), Entry(ConvertColor.self),
        Entry(Normalize.self), Entry(Rescale.self), Entry(SetLayout.self), Entry(DecodeAudio.self),
        Entry(FrameAudio.self), Entry(ReadText.self), Entry(WordPiece.self), Entry(FileEnds.self),
        Entry(ConvertType.self), Entry(Reshape.self), Entry(NameInput.self),
    ]
}

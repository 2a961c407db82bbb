public import Specs
import Tensors

/// Makes BERT's inputs of a text: token numbers, attention mask and token types.
public struct WordPiece: Step {
    /// Whether short texts are filled up.
    public enum Padding: String, Sendable, Hashable, CaseIterable {
        /// Every text keeps its own length.
        case none
        /// Every text is filled up to the greatest length.
        case maxLength
    }

    /// The vocabulary: `vocab.txt` or `tokenizer.json`.
    public var vocabulary: String
    /// Whether letters are lower-cased.
    public var lowercase: Bool
    /// Whether accents are taken off.
    public var stripAccents: Bool
    /// The most tokens, special ones included; longer texts are cut.
    public var maxLength: Int
    /// Whether short texts are filled up.
    public var padding: Padding
    /// The input for token numbers.
    public var ids: String
    /// The input for the attention mask; none where the model has none.
    public var mask: String?
    /// The input for token types; none where the model has none.
    public var types: String?

    /// Makes the step.
    public init(
        vocabulary: String, lowercase: Bool, stripAccents: Bool, maxLength: Int, padding: Padding,
        ids: String = "input_ids", mask: String? = "attention_mask", types: String? = "token_type_ids"
    ) {
        self.vocabulary = vocabulary
        self.lowercase = lowercase
        self.stripAccents = stripAccents
        self.maxLength = maxLength
        self.padding = padding
        self.ids = ids
        self.mask = mask
        self.types = types
    }

    /// The parameters.
    public static let spec = SpecObject(
        "wordPiece",
        "BERT's tokens of a text as i64: basic tokenizer and WordPiece, [CLS] and [SEP] added, equal to the tokenizers "
            + "library.",
        initial: WordPiece(vocabulary: "", lowercase: true, stripAccents: true, maxLength: 128, padding: .none),
        [
            .required("vocabulary", \.vocabulary, .string, "A vocab.txt or a tokenizer.json."),
            .required("lowercase", \.lowercase, .bool, "Whether letters are lower-cased."),
            .required("stripAccents", \.stripAccents, .bool, "Whether accents are taken off."),
            .required("maxLength", \.maxLength, .int(3...65536), "The most tokens; longer texts are cut."),
            .required("padding", \.padding, .enumeration, "Whether short texts are filled up."),
            SpecField("ids", \.ids, .string, "The input for token numbers."),
            SpecField("mask", \.mask, .optional(.string), "The input for the attention mask."),
            SpecField("types", \.types, .optional(.string), "The input for token types."),
        ])

    /// Two or three tensors.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard kind == .text else { throw mismatch(kind, needs: "a text") }
        return .tensors([ids] + [mask, types].compactMap { $0 })
    }

    /// Reads the vocabulary.
    public func prepare(_ resources: StepResources) throws(AssetError) -> any SampleTransform {
        let words = try WordPieceVocabulary(try resources.read(vocabulary), subject: vocabulary)
        if let stated = words.statedLowercase, stated != lowercase {
            throw AssetError(
                .invalidParameter, subject: "step '\(Self.name)'",
                reason: "lowercase is \(lowercase), and \(vocabulary) was trained with \(stated)",
                remedy: "write 'lowercase: \(stated)'")
        }
        return Prepared(
            step: self,
            tokenizer: try WordPieceTokenizer(
                vocabulary: words, lowercase: lowercase, stripAccents: stripAccents, subject: vocabulary))
    }

    /// The step with its vocabulary.
    private struct Prepared: SampleTransform {
        let step: WordPiece
        let tokenizer: WordPieceTokenizer

        func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
            guard case .text(let text) = sample else { throw step.mismatch(sample.kind, needs: "a text") }
            let encoding = tokenizer.encode(text, maxLength: step.maxLength, pads: step.padding == .maxLength)
            var tensors = [NamedTensor(name: step.ids, tensor: Tensor(encoding.identifiers))]
            if let mask = step.mask { tensors.append(NamedTensor(name: mask, tensor: Tensor(encoding.mask))) }
            if let types = step.types { tensors.append(NamedTensor(name: types, tensor: Tensor(encoding.types))) }
            return .tensors(tensors)
        }
    }
}

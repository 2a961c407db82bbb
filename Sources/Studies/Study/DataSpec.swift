public import Assets
public import Specs

/// The data of a study: where the files come from, how samples and labels are found in them, and which are used.
public struct DataSpec: Sendable {
    /// Where the files come from.
    public enum Origin: Sendable, Hashable {
        /// The folder of the spec.
        case here
        /// A pinned data set of the library, fetched where it is missing.
        case package(String)
        /// Pictures of text, drawn where they are missing.
        case text(TextRecipe)
    }

    /// Where the files come from.
    public var origin = Origin.here
    /// How samples and labels are found.
    public var source: any DataSource
    /// The labels that are used; all where empty.
    public var only: [String] = []
    /// The most samples of one label, chosen by the seed of the study.
    public var perLabel: Int?
    /// The most samples in all, chosen by the seed of the study.
    public var limit: Int?
    /// What becomes of a sample that cannot be read.
    public var unreadable = Loader.Policy.fail

    /// Makes a data set of all samples of a source.
    public init(_ source: any DataSource, origin: Origin = .here) {
        self.source = source
        self.origin = origin
    }
}

extension DataSpec {
    /// The YAML form of a data set.
    public static let type = spec.type

    /// The keys of a data set and of drawn text as Markdown tables.
    static let markdown = [spec.markdown, recipe.markdown]

    static let spec = SpecObject(
        "data-set", "The data of a study.", initial: DataSpec(LabelledNames(path: ".", pattern: "*.{label}")),
        [
            SpecField("origin", \.origin, origin, "Where the files come from."),
            .required("source", \.source, DataCatalogue.type, "How samples and labels are found in the files."),
            SpecField("only", \.only, .list(of: .literal), "The labels that are used; all where empty."),
            SpecField("perLabel", \.perLabel, .optional(.int(1...)), "The most samples of one label."),
            SpecField("limit", \.limit, .optional(.int(1...)), "The most samples in all."),
            SpecField("unreadable", \.unreadable, .enumeration, "What becomes of a sample that cannot be read."),
        ])

    private static let origin = SpecType<Origin>.choice(
        "origin", "Where the files come from.",
        [
            SpecCase("here", Origin.here, "The folder of the spec."),
            SpecCase(
                "package", .string, "A pinned data set; `assay zoo --data` lists them.", wrap: { .package($0) },
                unwrap: { if case .package(let name) = $0 { name } else { nil } }),
            SpecCase(
                "text", recipe.type, "Pictures of text, drawn by pango-view.", wrap: { .text($0) },
                unwrap: { if case .text(let recipe) = $0 { recipe } else { nil } }),
        ])

    private static let recipe = SpecObject(
        "text-recipe", "How pictures are drawn from text.",
        initial: TextRecipe(
            kind: .lines, count: 100, fonts: ["DejaVu Sans"], sizes: [11], sources: [], seed: 1),
        [
            .required("kind", \.kind, .enumeration, "Turned pages or lines."),
            .required("count", \.count, .int(1...100_000), "Pages or lines; a page makes four pictures."),
            SpecField("fonts", \.fonts, .list(of: .string, atLeast: 1), "Font families, taken in turn."),
            SpecField("sizes", \.sizes, .list(of: .int(4...200), atLeast: 1), "Point sizes, drawn at random."),
            .required("sources", \.sources, .list(of: .string, atLeast: 1), "Text files whose paragraphs are set."),
            SpecField(
                "seed", \.seed,
                SpecType<Int>.int(0...).mapped(to: { UInt64($0) }, from: { Int(clamping: $0) }),
                "The seed of every random choice."),
        ])
}

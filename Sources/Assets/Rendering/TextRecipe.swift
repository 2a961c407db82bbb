/// How a labelled data set is drawn from text: every choice follows from these fields and the seed, so that two machines
/// with the same tool and fonts draw the same pictures.
public struct TextRecipe: Sendable, Hashable, Codable {
    /// What one picture shows.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// A page of paragraphs, drawn four times: upright and turned by 90, 180 and 270 degrees; the label is the turn.
        case turnedPages = "turned-pages"
        /// One line of a few words; the label is its text.
        case lines
    }

    /// What one picture shows.
    public var kind: Kind
    /// Pages or lines; a page makes four pictures.
    public var count: Int
    /// Font families, taken in turn.
    public var fonts: [String]
    /// Point sizes, drawn at random.
    public var sizes: [Int]
    /// Text files whose paragraphs are set.
    public var sources: [String]
    /// The seed of every random choice.
    public var seed: UInt64

    /// Makes a recipe.
    public init(kind: Kind, count: Int, fonts: [String], sizes: [Int], sources: [String], seed: UInt64) {
        self.kind = kind
        self.count = count
        self.fonts = fonts
        self.sizes = sizes
        self.sources = sources
        self.seed = seed
    }
}

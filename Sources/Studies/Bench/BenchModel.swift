/// One model of the benchmark: of which kind it is, and what it is fed.
public struct BenchModel: Sendable, Hashable {
    /// The kind of network; means are taken over one kind.
    public enum Group: String, Sendable, Hashable, Codable, CaseIterable {
        case convolutional
        case transformer
        case recurrent
        /// Timed and compared, and in no mean.
        case other
    }

    /// One extent of an input.
    public enum Extent: Sendable, Hashable, ExpressibleByIntegerLiteral {
        /// As many as there are items in a batch.
        case batch
        case fixed(Int)

        /// Makes a fixed extent.
        public init(integerLiteral value: Int) { self = .fixed(value) }
    }

    /// What an input is filled with.
    public enum Fill: Sendable, Hashable {
        /// Draws from the standard normal distribution.
        case normal
        /// Whole numbers, all of the range as likely.
        case integers(ClosedRange<Int>)
        /// One number everywhere.
        case constant(Double)
        /// Pictures of lines of dark strokes on white: a detector of text answers nothing on noise.
        case page
    }

    /// Shape and values of an input.
    public struct Feed: Sendable, Hashable {
        var shape: [Extent]
        var fill: Fill

        /// Describes an input.
        public init(_ shape: [Extent], _ fill: Fill = .normal) {
            self.shape = shape
            self.fill = fill
        }
    }

    /// A name of the zoo, or the path of an ONNX file.
    public var name: String
    /// The kind of network.
    public var group: Group
    /// Whether its heavy operators compute in 8 bits, where engines agree on labels and not on digits.
    public var isQuantized: Bool
    /// The inputs that follow no rule, by name; the others have the declared shape and normal values.
    public var feeds: [String: Feed]

    /// Describes a model.
    public init(_ name: String, _ group: Group = .other, isQuantized: Bool = false, _ feeds: [String: Feed] = [:]) {
        self.name = name
        self.group = group
        self.isQuantized = isQuantized
        self.feeds = feeds
    }
}

/// The unit of a number, by its symbol; open, so that a study may bring a unit of its own.
public struct MetricUnit: RawRepresentable, Sendable, Hashable, Codable {
    /// The symbol: `ns`, `B`, `FLOP/s`.
    public let rawValue: String
    /// Makes a unit from its symbol.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Time in nanoseconds.
    public static let nanoseconds = MetricUnit(rawValue: "ns")
    /// Time in seconds.
    public static let seconds = MetricUnit(rawValue: "s")
    /// Memory or traffic in bytes.
    public static let bytes = MetricUnit(rawValue: "B")
    /// A number without dimension.
    public static let number = MetricUnit(rawValue: "1")
    /// How many times: a speed-up.
    public static let ratio = MetricUnit(rawValue: "x")
    /// A share in [0, 1], shown in percent.
    public static let fraction = MetricUnit(rawValue: "fraction")
    /// A share in percent.
    public static let percent = MetricUnit(rawValue: "%")
    /// How many; shown in full.
    public static let count = MetricUnit(rawValue: "count")
    /// Floating-point operations.
    public static let flop = MetricUnit(rawValue: "FLOP")
    /// Floating-point operations a second.
    public static let flopPerSecond = MetricUnit(rawValue: "FLOP/s")
    /// Bytes a second.
    public static let bytesPerSecond = MetricUnit(rawValue: "B/s")
    /// Items (inferences, images, tokens) a second.
    public static let itemsPerSecond = MetricUnit(rawValue: "items/s")
    /// Floating-point operations a byte moved.
    public static let flopPerByte = MetricUnit(rawValue: "FLOP/B")
    /// Energy in joules.
    public static let joules = MetricUnit(rawValue: "J")
    /// Power in watts.
    public static let watts = MetricUnit(rawValue: "W")

    /// Whether a measured number of this unit differs from run to run: times, rates, memory, energy.
    public var varies: Bool {
        [.nanoseconds, .seconds, .bytes, .flopPerSecond, .bytesPerSecond, .itemsPerSecond, .joules, .watts].contains(
            self)
    }

    /// Reads the symbol from a single string.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the symbol as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

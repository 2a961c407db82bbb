/// A number as it is shown: value, unit, interval, count.
public struct Quantity: Sendable, Hashable, Codable {
    /// The value, in the unit.
    public var value: Double
    /// The unit.
    public var unit: MetricUnit
    /// The interval, where one is known.
    public var interval: Interval?
    /// How many samples or items stand behind it.
    public var count: Int?

    /// Makes a quantity.
    public init(_ value: Double, _ unit: MetricUnit, interval: Interval? = nil, count: Int? = nil) {
        self.value = value
        self.unit = unit
        self.interval = interval
        self.count = count
    }

    /// Value, interval and count: `12.3 ms [12.1, 12.6] n=400`.
    public var description: String {
        unit.format(value, interval) + (count.map { " n=\($0)" } ?? "")
    }
}

extension Quantity: CustomStringConvertible {}

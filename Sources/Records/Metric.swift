/// One number of a record with all that it takes to read it; or why there is none.
public struct Metric: Sendable, Hashable {
    /// What is measured, in dotted words: `latency.p99`, `accuracy.top1`.
    public let name: String
    /// What it is about: model, stack, data, class.
    public let labels: Labels
    /// The unit of value and interval.
    public let unit: MetricUnit
    /// The value; `nil` exactly when it is unavailable.
    public let value: Double?
    /// Its confidence interval.
    public let interval: Interval?
    /// How many samples or items stand behind it.
    public let count: Int?
    /// Whether it was measured, modelled or could not be had.
    public let kind: MetricKind
    /// Whether it differs from run to run under the same spec, lock, seed and machine, as times do.
    public let varies: Bool

    /// Makes a metric; a value that is not finite makes it unavailable, since JSON and SQL have no such numbers.
    ///
    /// - Parameter varies: by default so for measured times, rates, memory and energy.
    public init(
        _ name: String, _ value: Double, _ unit: MetricUnit, interval: Interval? = nil, count: Int? = nil,
        labels: Labels = [:], modelled: Bool = false, varies: Bool? = nil
    ) {
        self.name = name
        self.labels = labels
        self.unit = unit
        self.count = count
        self.varies = varies ?? (unit.varies && !modelled)
        if value.isFinite {
            self.value = value
            self.interval = interval.flatMap { $0.lower.isFinite && $0.upper.isFinite ? $0 : nil }
            kind = modelled ? .modelled : .measured
        } else {
            self.value = nil
            self.interval = nil
            kind = .unavailable(reason: "the value is \(unit.format(value))")
        }
    }

    /// Makes a metric that could not be had, and why.
    public init(_ name: String, unavailable reason: String, unit: MetricUnit, labels: Labels = [:]) {
        self.name = name
        self.labels = labels
        self.unit = unit
        value = nil
        interval = nil
        count = nil
        varies = false
        kind = .unavailable(reason: reason)
    }

    /// Makes a metric from parts that a store kept.
    package init(
        name: String, labels: Labels, unit: MetricUnit, value: Double?, interval: Interval?, count: Int?,
        kind: MetricKind,
        varies: Bool
    ) {
        self.name = name
        self.labels = labels
        self.unit = unit
        self.value = value
        self.interval = interval
        self.count = count
        self.kind = kind
        self.varies = varies
    }

    /// Value, unit, interval and count as shown; `nil` when unavailable.
    public var quantity: Quantity? {
        value.map { Quantity($0, unit, interval: interval, count: count) }
    }
}

extension Metric: CustomStringConvertible {
    /// The number as shown, or why there is none.
    public var description: String {
        if case .unavailable(let reason) = kind { return "not available: \(reason)" }
        return (quantity?.description ?? "") + (kind == .modelled ? " (modelled)" : "")
    }
}

extension Metric: Codable {
    private enum Key: String, CodingKey {
        case name, labels, unit, value, interval, count, kind, reason, varies
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        name = try box.decode(String.self, forKey: .name)
        labels = try box.decodeIfPresent(Labels.self, forKey: .labels) ?? [:]
        unit = try box.decode(MetricUnit.self, forKey: .unit)
        if let violation = TokenMetric.violation(name: name, unit: unit) {
            throw DecodingError.dataCorruptedError(forKey: .unit, in: box, debugDescription: violation)
        }
        count = try box.decodeIfPresent(Int.self, forKey: .count)
        varies = try box.decodeIfPresent(Bool.self, forKey: .varies) ?? false
        switch try box.decode(String.self, forKey: .kind) {
        case "measured": kind = .measured
        case "modelled": kind = .modelled
        case "unavailable": kind = .unavailable(reason: try box.decode(String.self, forKey: .reason))
        case let other:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: box, debugDescription: "'\(other)' is not measured, modelled or unavailable")
        }
        if case .unavailable = kind {
            value = nil
            interval = nil
        } else {
            value = try box.decode(Double.self, forKey: .value)
            interval = try box.decodeIfPresent(Interval.self, forKey: .interval)
        }
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: Key.self)
        try box.encode(name, forKey: .name)
        if !labels.isEmpty { try box.encode(labels, forKey: .labels) }
        try box.encode(unit, forKey: .unit)
        try box.encodeIfPresent(value, forKey: .value)
        try box.encodeIfPresent(interval, forKey: .interval)
        try box.encodeIfPresent(count, forKey: .count)
        try box.encode(kind.name, forKey: .kind)
        if case .unavailable(let reason) = kind { try box.encode(reason, forKey: .reason) }
        if varies { try box.encode(true, forKey: .varies) }
    }
}

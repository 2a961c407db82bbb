/// A cell of a table.
public enum Cell: Sendable, Hashable {
    /// A text.
    case text(String)
    /// A number with its unit, interval and count.
    case quantity(Quantity)
    /// Whether something holds, with a few words.
    case state(Verdict.State, String)
    /// There is no value, and why.
    case missing(String)

    /// The cell of a metric: its quantity, or why there is none.
    public init(_ metric: Metric) {
        if case .unavailable(let reason) = metric.kind {
            self = .missing(reason)
        } else if let quantity = metric.quantity {
            self = .quantity(quantity)
        } else {
            self = .missing("")
        }
    }
}

extension Cell: ExpressibleByStringInterpolation {
    /// Makes a text.
    public init(stringLiteral value: String) { self = .text(value) }
}

extension Cell: Codable {
    private enum Key: String, CodingKey { case quantity, state, text, missing }

    /// Reads the JSON form: a text, or an object that says what it is.
    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self = .text(text)
            return
        }
        let box = try decoder.container(keyedBy: Key.self)
        if let quantity = try box.decodeIfPresent(Quantity.self, forKey: .quantity) {
            self = .quantity(quantity)
        } else if let state = try box.decodeIfPresent(Verdict.State.self, forKey: .state) {
            self = .state(state, try box.decodeIfPresent(String.self, forKey: .text) ?? "")
        } else {
            self = .missing(try box.decode(String.self, forKey: .missing))
        }
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        if case .text(let text) = self {
            var box = encoder.singleValueContainer()
            try box.encode(text)
            return
        }
        var box = encoder.container(keyedBy: Key.self)
        switch self {
        case .text: break
        case .quantity(let quantity): try box.encode(quantity, forKey: .quantity)
        case .state(let state, let text):
            try box.encode(state, forKey: .state)
            try box.encode(text, forKey: .text)
        case .missing(let reason): try box.encode(reason, forKey: .missing)
        }
    }
}

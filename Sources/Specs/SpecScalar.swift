/// A scalar of a spec: its text, and whether it was written without quotes.
public struct SpecScalar: Sendable, Hashable {
    /// The text.
    public let text: String
    /// Whether it was written without quotes, and so may mean a number, a truth value or nothing.
    public let isPlain: Bool

    /// Makes a scalar.
    public init(text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    /// What the scalar means by the core schema of YAML 1.2 (section 10.3), decimal numbers only: `no`, `on`, `1:30` and
    /// `010` are texts, and so is everything in quotes.
    public var resolved: SpecValue {
        guard isPlain else { return .string(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard isNumber else { return .string(text) }
        if let value = Int(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else { return .string(text) }
        return .double(value)
    }

    /// Whether the text is `[-+]? digits [. digits] [e [-+]? digits]` without a leading zero.
    private var isNumber: Bool {
        var rest = text.utf8[...]
        func digits() -> Int {
            let run = rest.prefix { (48...57).contains($0) }
            rest = rest.dropFirst(run.count)
            return run.count
        }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let leadingZero = rest.first == UInt8(ascii: "0")
        let whole = digits()
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = digits()
        }
        guard whole + fraction > 0, !(leadingZero && whole > 1) else { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}

/// The sixteen bytes that identify a distributed trace (W3C Trace Context, section 3.2.2.3); not all are zero.
public struct OTLPTraceID: Sendable, Hashable, CustomStringConvertible {
    /// The first eight bytes, the first of them highest.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64

    /// Makes an identifier; `nil` when it would be zero, which identifies no trace.
    public init?(high: UInt64, low: UInt64) {
        guard high != 0 || low != 0 else { return nil }
        self.high = high
        self.low = low
    }

    private init() { (high, low) = (0, 0) }

    /// The identifier of no trace.
    static let invalid = OTLPTraceID()

    /// Reads 32 hexadecimal digits of either case.
    public init?(_ text: String) {
        guard text.utf8.count == 32, let high = Hexadecimal.number(text.prefix(16)),
            let low = Hexadecimal.number(text.dropFirst(16))
        else { return nil }
        self.init(high: high, low: low)
    }

    /// 32 lower-case hexadecimal digits.
    public var description: String { Hexadecimal.text(high) + Hexadecimal.text(low) }
}

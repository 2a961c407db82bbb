/// Bytes that are no message of the protocol, with the bytes themselves.
public struct ProtocolViolation: Error, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The rule that was broken.
    public let reason: String
    /// The first bytes that broke it, at most 64.
    public let offending: [UInt8]

    init(_ reason: String, offending: some Sequence<UInt8> = []) {
        self.reason = reason
        self.offending = Array(offending.prefix(64))
    }

    /// The bytes as text: printable ASCII as it is, everything else as `\xNN`.
    public var shownBytes: String {
        offending.map { byte in
            switch byte {
            case 0x5C: "\\\\"
            case 0x20..<0x7F: String(UnicodeScalar(byte))
            default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }.joined()
    }

    /// The reason and the bytes.
    public var description: String { offending.isEmpty ? reason : "\(reason); received \"\(shownBytes)\"" }
}

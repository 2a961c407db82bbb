/// The twelve bytes before every frame: four letters that name its kind, then its length, little-endian.
struct FrameHeader: Equatable {
    static let byteCount = 12

    /// What a frame holds.
    enum Kind: String {
        /// A JSON object.
        case control = "ACTL"
        /// The packed elements of one tensor.
        case data = "ADAT"

        var longest: Int {
            switch self {
            case .control: WorkerProtocol.longestControlFrame
            case .data: WorkerProtocol.longestDataFrame
            }
        }
    }

    var kind: Kind
    var length: Int

    var bytes: [UInt8] {
        Array(kind.rawValue.utf8) + (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    }

    init(kind: Kind, length: Int) {
        self.kind = kind
        self.length = length
    }

    /// Reads a header from exactly `byteCount` bytes.
    init(parsing bytes: some RandomAccessCollection<UInt8>) throws(ProtocolViolation) {
        guard bytes.count == Self.byteCount, let kind = Kind(rawValue: String(decoding: bytes.prefix(4), as: UTF8.self))
        else {
            throw ProtocolViolation("expected a frame that starts with ACTL or ADAT", offending: bytes)
        }
        let length = bytes.suffix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= UInt64(kind.longest) else {
            throw ProtocolViolation(
                "a frame of \(length) bytes is longer than the \(kind.longest) allowed", offending: bytes)
        }
        self.kind = kind
        self.length = Int(length)
    }
}

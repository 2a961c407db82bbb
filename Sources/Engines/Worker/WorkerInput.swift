import Tensors

/// What a client reads from a worker: a shell's banner up to the magic string, then messages.
struct WorkerInput: ~Copyable {
    private var banner: [UInt8]? = []
    private var parser = MessageParser()

    init() {}

    mutating func consume(
        _ bytes: UnsafeRawBufferPointer, _ deliver: (IncomingMessage) -> Void
    ) throws(ProtocolViolation) {
        guard var seen = banner else {
            for message in try parser.consume(bytes) { deliver(message) }
            return
        }
        seen.append(contentsOf: bytes)
        guard let end = Self.endOfMagic(in: seen) else {
            guard seen.count <= WorkerProtocol.longestBanner else {
                throw ProtocolViolation("no worker spoke in the first \(seen.count) bytes", offending: seen)
            }
            banner = seen
            return
        }
        banner = nil
        let rest = Bytes(copying: seen[end...])
        let messages = try rest.withUnsafeBytes { bytes throws(ProtocolViolation) in try parser.consume(bytes) }
        for message in messages { deliver(message) }
    }

    private static func endOfMagic(in bytes: [UInt8]) -> Int? {
        let magic = WorkerProtocol.magic
        guard bytes.count >= magic.count else { return nil }
        for start in 0...(bytes.count - magic.count)
        where bytes[start] == magic[0] && bytes[start..<(start + magic.count)].elementsEqual(magic) {
            return start + magic.count
        }
        return nil
    }
}

import Wire

/// What a collector answers to an export (`ExportTraceServiceResponse`): whether it took everything.
public struct OTLPAnswer: Sendable, Hashable {
    /// How many spans it did not take.
    public var rejectedSpans: Int64
    /// Why, or what it has to say although it took everything.
    public var message: String

    /// Makes an answer; without arguments it took everything.
    public init(rejectedSpans: Int64 = 0, message: String = "") {
        self.rejectedSpans = rejectedSpans
        self.message = message
    }

    /// Reads the answer in protobuf; no bytes are the answer of a collector that took everything.
    ///
    /// - Throws: `TimelineError` that names the byte.
    public init(protobuf bytes: [UInt8], subject: String = "answer") throws(TimelineError) {
        self.init()
        var message = ProtobufMessage(bytes, subject: subject)
        while let field = try message.next() {
            guard field.number == 1 else { continue }
            var partial = try message.message(field)
            while let inner = try partial.next() {
                switch inner.number {
                case 1: rejectedSpans = try partial.signed(inner)
                case 2: self.message = try partial.text(inner)
                default: continue
                }
            }
        }
    }
}

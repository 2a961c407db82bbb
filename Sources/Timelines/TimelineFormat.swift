/// The formats in which a timeline goes out and comes in.
public enum TimelineFormat: String, Sendable, Hashable, CaseIterable {
    /// Chrome's trace events (JSON).
    case chrome
    /// Perfetto's protobuf.
    case perfetto
    /// OpenTelemetry's protocol as protobuf.
    case otlp
    /// OpenTelemetry's protocol as JSON.
    case otlpJSON = "otlp-json"
    /// Folded stacks, a line a path: names and times alone.
    case folded

    /// The endings by which a file is known, the first of which is the usual one.
    public var endings: [String] {
        switch self {
        case .chrome: [".json", ".chrome.json", ".trace"]
        case .perfetto: [".perfetto", ".perfetto-trace", ".pftrace"]
        case .otlp: [".otlp", ".otlp.pb", ".pb"]
        case .otlpJSON: [".otlp.json"]
        case .folded: [".folded", ".stacks"]
        }
    }

    /// The format that a file's name asks for: that of the longest ending; `nil` where none fits.
    public init?(fileName: String) {
        let name = fileName.lowercased()
        let matches = Self.allCases.flatMap { format in
            format.endings.filter { name.hasSuffix($0) }.map { (format, $0.utf8.count) }
        }
        guard let best = matches.max(by: { $0.1 < $1.1 }) else { return nil }
        self = best.0
    }

    /// The format of a file, by what is in it; of the two protobuf formats the one that its name says, else the one that
    /// finds spans or counters in it.
    public init?(of bytes: [UInt8], fileName: String = "") {
        let blank: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
        guard let first = bytes.first(where: { !blank.contains($0) }) else { return nil }
        if bytes.prefix(4096).allSatisfy({ $0 >= 0x20 || blank.contains($0) }) {
            switch first {
            case UInt8(ascii: "["): self = .chrome
            case UInt8(ascii: "{"):
                let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
                self = head.contains("\"resourceSpans\"") ? .otlpJSON : .chrome
            default: self = .folded
            }
        } else if let named = TimelineFormat(fileName: fileName), named == .perfetto || named == .otlp {
            self = named
        } else if let timeline = try? PerfettoTrace.read(bytes), !(timeline.spans.isEmpty && timeline.counters.isEmpty)
        {
            self = .perfetto
        } else if (try? OTLP.read(protobuf: bytes)) != nil {
            self = .otlp
        } else {
            return nil
        }
    }
}

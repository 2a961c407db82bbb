/// Reads the events of one trace, one after the other.
struct ChromeReader {
    /// The series of a counter that has no unit.
    static let series = "value"

    private struct CounterKey: Hashable {
        var process: Int64
        var name: String
        var unit: String
    }

    private let subject: String
    private let limits: TimelineLimits
    private var reader: JSONReader
    private var count = 0
    private var lastTime = Int64.min
    private var drafts: [SpanDraft<Timeline.TrackID>] = []
    private var slices: [SliceEvent<Timeline.TrackID>] = []
    private var processes: [Int64: Timeline.Process] = [:]
    private var tracks: [Timeline.TrackID: String] = [:]
    private var counters: [CounterKey: Timeline.Counter] = [:]
    /// Processes and threads that are texts get numbers below zero.
    private var aliases: [String: Int64] = [:]

    init(_ bytes: [UInt8], subject: String, limits: TimelineLimits) {
        self.subject = subject
        self.limits = limits
        reader = JSONReader(bytes, subject: subject, maximumDepth: limits.maximumDepth)
    }

    mutating func read() throws(TimelineError) -> Timeline {
        if reader.take("[") {
            try events(mayLackEnd: true)
        } else if reader.take("{") {
            try members()
        } else {
            throw reader.failure("a trace is an object or a list of events")
        }
        reader.skipSpace()
        guard reader.isAtEnd else { throw reader.failure("something follows the trace") }
        return try timeline()
    }

    private mutating func members() throws(TimelineError) {
        var isFound = false
        if !reader.take("}") {
            repeat {
                guard try reader.name() == "traceEvents" else {
                    _ = try reader.node()
                    continue
                }
                guard reader.take("[") else { throw reader.failure("'traceEvents' is no list") }
                isFound = true
                try events(mayLackEnd: false)
            } while reader.take(",")
            guard reader.take("}") else { throw reader.failure("',' or '}' is missing") }
        }
        guard isFound else { throw reader.failure("the member 'traceEvents' is missing") }
    }

    /// The list after its bracket; a comma may precede the closing bracket, as some writers leave one.
    private mutating func events(mayLackEnd: Bool) throws(TimelineError) {
        while !reader.take("]") {
            if mayLackEnd, reader.isAtEnd { return }
            guard count < limits.maximumEvents else {
                throw reader.failure("the trace has more than \(limits.maximumEvents) events", code: .limitExceeded)
            }
            count += 1
            try event(try reader.node())
            if reader.take(",") { continue }
            if reader.take("]") || (mayLackEnd && reader.isAtEnd) { return }
            throw reader.failure("',' or ']' is missing")
        }
    }

    private mutating func event(_ node: JSONNode) throws(TimelineError) {
        guard case .object = node, let phase = node["ph"]?.string else { throw reader.failure("an event has no 'ph'") }
        switch phase {
        case "X": try complete(node)
        case "B", "E": try slice(node, isBegin: phase == "B")
        case "C": try counter(node)
        case "M": try metadata(node)
        default: break
        }
    }

    private mutating func complete(_ node: JSONNode) throws(TimelineError) {
        var duration: Int64 = 0
        if let member = node["dur"] { duration = try nanoseconds(member, "dur") }
        guard duration >= 0 else { throw reader.failure("an event has a negative 'dur'") }
        let start = try time(node)
        note(start.addingReportingOverflow(duration).partialValue)
        drafts.append(
            SpanDraft(
                name: node["name"]?.string ?? "", category: node["cat"]?.string ?? "", place: try track(node),
                start: start, duration: duration, arguments: try arguments(node)))
    }

    private mutating func slice(_ node: JSONNode, isBegin: Bool) throws(TimelineError) {
        slices.append(
            SliceEvent(
                isBegin: isBegin, time: try time(node), place: try track(node), name: node["name"]?.string ?? "",
                category: node["cat"]?.string ?? "", arguments: try arguments(node)))
    }

    private mutating func counter(_ node: JSONNode) throws(TimelineError) {
        let process = try process(node)
        let time = try time(node)
        var name = node["name"]?.string ?? ""
        if let identifier = node["id"]?.digits { name += "[\(identifier)]" }
        guard case .object(let members)? = node["args"] else { return }
        for member in members {
            guard let value = member.value.double else {
                throw reader.failure("the counter '\(name)' has a value that is no number")
            }
            let key = CounterKey(process: process, name: name, unit: member.name == Self.series ? "" : member.name)
            counters[key, default: Timeline.Counter(name, unit: key.unit, process: process)].samples.append(
                Timeline.Counter.Sample(time: time, value: value))
        }
    }

    private mutating func metadata(_ node: JSONNode) throws(TimelineError) {
        switch node["name"]?.string {
        case "process_name":
            let process = try process(node)
            if let name = node["args"]?["name"]?.string { processes[process]?.name = name }
        case "thread_name":
            let track = try track(node)
            if let name = node["args"]?["name"]?.string { tracks[track] = name }
        case ChromeWriter.attributesEvent:
            let process = try process(node)
            let attributes = try arguments(node)
            processes[process]?.attributes = attributes
        default: break
        }
    }

    private func arguments(_ node: JSONNode) throws(TimelineError) -> [Timeline.Argument] {
        guard let member = node["args"], case .object = member else { return [] }
        guard let arguments = member.arguments else { throw reader.failure("an event has a number out of range") }
        return arguments
    }

    private mutating func time(_ node: JSONNode) throws(TimelineError) -> Int64 {
        guard let member = node["ts"] else { throw reader.failure("an event has no 'ts'") }
        let time = try nanoseconds(member, "ts")
        note(time)
        return time
    }

    private mutating func note(_ time: Int64) { lastTime = max(lastTime, time) }

    private func nanoseconds(_ node: JSONNode, _ name: String) throws(TimelineError) -> Int64 {
        guard case .number(let text) = node else { throw reader.failure("'\(name)' is no number") }
        guard let time = Microseconds.nanoseconds(text) else {
            throw reader.failure("'\(name)' does not fit 64 bits of nanoseconds", code: .outOfRange)
        }
        return time
    }

    private mutating func track(_ node: JSONNode) throws(TimelineError) -> Timeline.TrackID {
        let process = try process(node)
        let (thread, name) = try identifier(node["tid"])
        let track = Timeline.TrackID(process: process, thread: thread)
        if tracks[track] == nil { tracks[track] = name }
        return track
    }

    private mutating func process(_ node: JSONNode) throws(TimelineError) -> Int64 {
        let (process, name) = try identifier(node["pid"])
        if processes[process] == nil { processes[process] = Timeline.Process(process, name: name) }
        return process
    }

    private mutating func identifier(_ node: JSONNode?) throws(TimelineError) -> (Int64, name: String) {
        switch node {
        case nil, .null?: return (0, "")
        case .number(let text)?:
            guard let number = Int64(text) else { throw reader.failure("a process or thread is no whole number") }
            return (number, "")
        case .string(let text)?:
            if let number = Int64(text) { return (number, "") }
            let alias = aliases[text] ?? -Int64(aliases.count) - 1
            aliases[text] = alias
            return (alias, text)
        default: throw reader.failure("a process or thread is neither a number nor a text")
        }
    }

    private mutating func timeline() throws(TimelineError) -> Timeline {
        drafts += try SlicePairing.drafts(slices, lastTime: lastTime, subject: subject)
        var timeline = Timeline()
        timeline.processes = processes.values.sorted { $0.id < $1.id }
        timeline.tracks = tracks.sorted { $0.key < $1.key }.map { Timeline.Track($0.key, name: $0.value) }
        timeline.spans = try SpanAssembly.spans(drafts, subject: subject)
        timeline.counters = counters.values.sorted { ($0.process, $0.name, $0.unit) < ($1.process, $1.name, $1.unit) }
        for index in timeline.counters.indices { timeline.counters[index].sortSamples() }
        return timeline
    }
}

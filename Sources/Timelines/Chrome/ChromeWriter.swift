/// Writes the events of one trace.
struct ChromeWriter {
    /// The metadata event that keeps the attributes of a process; viewers pass over it.
    static let attributesEvent = "process_attributes"

    private var text = JSONText()

    mutating func write(_ timeline: Timeline, form: ChromeTrace.Form) throws(TimelineError) -> [UInt8] {
        if form == .object {
            text.beginObject()
            text.name("displayTimeUnit")
            text.string("ns")
            text.name("traceEvents")
        }
        text.beginArray()
        try names(timeline)
        for span in timeline.spans { try write(span) }
        for counter in timeline.counters { write(counter) }
        text.endArray()
        if form == .object { text.endObject() }
        return text.bytes
    }

    /// Names of processes and tracks; one without a name is told only when no event tells of it.
    private mutating func names(_ timeline: Timeline) throws(TimelineError) {
        let tracks = Set(timeline.spans.map(\.track))
        let processes = Set(timeline.tracks.map(\.id.process)).union(
            timeline.counters.filter { !$0.samples.isEmpty }.map(\.process))
        for process in timeline.processes {
            if !process.name.isEmpty || !processes.contains(process.id) {
                metadata(
                    "process_name", process: process.id, thread: nil, [Timeline.Argument("name", .string(process.name))]
                )
            }
            guard !process.attributes.isEmpty else { continue }
            try requireUniqueNames(process.attributes, subject: "process \(process.id)")
            metadata(Self.attributesEvent, process: process.id, thread: nil, process.attributes)
        }
        for track in timeline.tracks where !track.name.isEmpty || !tracks.contains(track.id) {
            metadata(
                "thread_name", process: track.id.process, thread: track.id.thread,
                [Timeline.Argument("name", .string(track.name))])
        }
    }

    private mutating func metadata(_ name: String, process: Int64, thread: Int64?, _ arguments: [Timeline.Argument]) {
        begin("M", name: name)
        text.name("pid")
        text.integer(process)
        if let thread {
            text.name("tid")
            text.integer(thread)
        }
        text.name("args")
        text.object(arguments)
        text.endObject()
    }

    private mutating func write(_ span: Timeline.Span) throws(TimelineError) {
        let arguments = try ReservedArguments.annotated(span)
        try requireUniqueNames(arguments, subject: span.subject)
        begin("X", name: span.name)
        if !span.category.isEmpty {
            text.name("cat")
            text.string(span.category)
        }
        text.name("pid")
        text.integer(span.track.process)
        text.name("tid")
        text.integer(span.track.thread)
        text.name("ts")
        text.literal(Microseconds.text(span.start))
        text.name("dur")
        text.literal(Microseconds.text(span.duration))
        text.name("args")
        text.object(arguments)
        text.endObject()
    }

    private mutating func write(_ counter: Timeline.Counter) {
        for sample in counter.samples {
            begin("C", name: counter.name)
            text.name("pid")
            text.integer(counter.process)
            text.name("ts")
            text.literal(Microseconds.text(sample.time))
            text.name("args")
            text.beginObject()
            text.name(counter.unit.isEmpty ? ChromeReader.series : counter.unit)
            text.number(sample.value)
            text.endObject()
            text.endObject()
        }
    }

    private mutating func begin(_ phase: String, name: String) {
        text.line()
        text.beginObject()
        text.name("ph")
        text.string(phase)
        text.name("name")
        text.string(name)
    }

    /// JSON's objects have each name once.
    private func requireUniqueNames(_ arguments: [Timeline.Argument], subject: String) throws(TimelineError) {
        var names: Set<String> = []
        for argument in arguments {
            guard names.insert(argument.name).inserted else {
                throw TimelineError(
                    .invalidName, subject: subject, reason: "two arguments have the name '\(argument.name)'")
            }
            try requireUniqueNames(within: argument.value, subject: subject)
        }
    }

    private func requireUniqueNames(within value: Timeline.Value, subject: String) throws(TimelineError) {
        switch value {
        case .object(let arguments): try requireUniqueNames(arguments, subject: subject)
        case .array(let values): for value in values { try requireUniqueNames(within: value, subject: subject) }
        default: break
        }
    }
}

import Wire

/// Writes the packets of one trace, all of one sequence, in the order of their times.
struct PerfettoWriter {
    private enum Content {
        case begin(span: Int)
        case end
        case counter(Double)
    }

    private struct Emission {
        var time: Int64
        var track: UInt64
        var content: Content
    }

    private static let sequence: UInt64 = 1
    private var trace = ProtobufWriter()
    private var emissions: [Emission] = []
    private var lastTrack: UInt64 = 0
    private var isFirstPacket = true
    private var names: [String: UInt64] = [:]
    private var categories: [String: UInt64] = [:]

    mutating func write(_ timeline: Timeline) throws(TimelineError) -> [UInt8] {
        let processes = try describeProcesses(timeline)
        describeThreads(timeline, processes)
        describeCounters(timeline, processes)
        let order = emissions.indices.sorted { (emissions[$0].time, $0) < (emissions[$1].time, $1) }
        for index in order { try write(emissions[index], timeline) }
        return trace.bytes
    }

    // MARK: - Tracks

    private mutating func describeProcesses(_ timeline: Timeline) throws(TimelineError) -> [Int64: UInt64] {
        var tracks: [Int64: UInt64] = [:]
        for process in timeline.processes {
            guard Int32(exactly: process.id) != nil else {
                throw TimelineError(
                    .outOfRange, subject: "process \(process.id)", reason: "its number does not fit 32 bits")
            }
            let track = newTrack()
            tracks[process.id] = track
            var descriptor = ProtobufWriter()
            descriptor.varint(PerfettoField.Track.identifier, track)
            descriptor.message(PerfettoField.Track.process) { message in
                message.signed(PerfettoField.Process.identifier, process.id)
                message.string(PerfettoField.Process.name, process.name)
            }
            describe(descriptor)
        }
        return tracks
    }

    private mutating func describeThreads(_ timeline: Timeline, _ processes: [Int64: UInt64]) {
        let spans = Dictionary(grouping: timeline.spans.indices, by: { timeline.spans[$0].track })
        for track in timeline.tracks {
            let (marks, lanes) = PerfettoLanes.marks(timeline.spans, of: spans[track.id] ?? [])
            let thread = newTrack()
            var descriptor = ProtobufWriter()
            descriptor.varint(PerfettoField.Track.identifier, thread)
            if let parent = processes[track.id.process] { descriptor.varint(PerfettoField.Track.parent, parent) }
            descriptor.message(PerfettoField.Track.thread) { message in
                message.signed(PerfettoField.Thread.process, track.id.process)
                message.signed(PerfettoField.Thread.identifier, track.id.thread)
                message.string(PerfettoField.Thread.name, track.name)
            }
            describe(descriptor)
            var identifiers = [thread]
            for _ in 1..<max(lanes, 1) {
                let lane = newTrack()
                identifiers.append(lane)
                var descriptor = ProtobufWriter()
                descriptor.varint(PerfettoField.Track.identifier, lane)
                descriptor.varint(PerfettoField.Track.parent, thread)
                descriptor.string(PerfettoField.Track.name, track.name)
                describe(descriptor)
            }
            for mark in marks {
                emissions.append(
                    Emission(
                        time: mark.time, track: identifiers[mark.lane],
                        content: mark.span.map { .begin(span: $0) } ?? .end))
            }
        }
    }

    private mutating func describeCounters(_ timeline: Timeline, _ processes: [Int64: UInt64]) {
        for counter in timeline.counters where !counter.samples.isEmpty {
            let track = newTrack()
            var descriptor = ProtobufWriter()
            descriptor.varint(PerfettoField.Track.identifier, track)
            if let parent = processes[counter.process] { descriptor.varint(PerfettoField.Track.parent, parent) }
            descriptor.string(PerfettoField.Track.name, counter.name)
            descriptor.message(PerfettoField.Track.counter) { message in
                if !counter.unit.isEmpty { message.string(PerfettoField.Counter.unitName, counter.unit) }
            }
            describe(descriptor)
            for sample in counter.samples {
                emissions.append(Emission(time: sample.time, track: track, content: .counter(sample.value)))
            }
        }
    }

    private mutating func newTrack() -> UInt64 {
        lastTrack += 1
        return lastTrack
    }

    private mutating func describe(_ descriptor: ProtobufWriter) {
        var packet = ProtobufWriter()
        packet.message(PerfettoField.Packet.trackDescriptor, descriptor)
        append(packet)
    }

    // MARK: - Events

    private mutating func write(_ emission: Emission, _ timeline: Timeline) throws(TimelineError) {
        guard emission.time >= 0 else {
            throw TimelineError(
                .outOfRange, subject: "time \(emission.time)", reason: "Perfetto has no times below zero",
                remedy: "count from an earlier origin")
        }
        var event = ProtobufWriter()
        var interned = ProtobufWriter()
        event.varint(PerfettoField.Event.track, emission.track)
        switch emission.content {
        case .begin(let index): try begin(timeline.spans[index], &event, &interned)
        case .end: event.varint(PerfettoField.Event.type, PerfettoField.EventType.end)
        case .counter(let value):
            event.varint(PerfettoField.Event.type, PerfettoField.EventType.counter)
            event.double(PerfettoField.Event.counterDouble, value)
        }
        var packet = ProtobufWriter()
        packet.varint(PerfettoField.Packet.timestamp, UInt64(emission.time))
        packet.message(PerfettoField.Packet.trackEvent, event)
        if interned.count > 0 { packet.message(PerfettoField.Packet.internedData, interned) }
        append(packet)
    }

    private mutating func begin(
        _ span: Timeline.Span, _ event: inout ProtobufWriter, _ interned: inout ProtobufWriter
    ) throws(TimelineError) {
        event.varint(PerfettoField.Event.type, PerfettoField.EventType.begin)
        event.varint(
            PerfettoField.Event.nameReference,
            Self.reference(span.name, in: &names, PerfettoField.Interned.names, &interned))
        if !span.category.isEmpty {
            event.varint(
                PerfettoField.Event.categoryReferences,
                Self.reference(span.category, in: &categories, PerfettoField.Interned.categories, &interned))
        }
        for argument in try ReservedArguments.annotated(span) {
            event.message(PerfettoField.Event.annotations, PerfettoAnnotation.message(argument))
        }
    }

    /// The number of an interned text, which is told when it is new.
    private static func reference(
        _ text: String, in table: inout [String: UInt64], _ field: Int, _ interned: inout ProtobufWriter
    ) -> UInt64 {
        if let known = table[text] { return known }
        let number = UInt64(table.count) + 1
        table[text] = number
        interned.message(field) { entry in
            entry.varint(PerfettoField.Interned.identifier, number)
            entry.string(PerfettoField.Interned.text, text)
        }
        return number
    }

    private mutating func append(_ content: ProtobufWriter) {
        var packet = content
        packet.varint(PerfettoField.Packet.sequence, Self.sequence)
        let flags = PerfettoField.Flags.needsState | (isFirstPacket ? PerfettoField.Flags.stateCleared : 0)
        packet.varint(PerfettoField.Packet.sequenceFlags, flags)
        if isFirstPacket { packet.bool(PerfettoField.Packet.isFirstOfSequence, true) }
        isFirstPacket = false
        trace.message(PerfettoField.Trace.packet, packet)
    }
}

import Wire

/// Reads the packets of one trace.
struct PerfettoReader {
    private struct Reading {
        var track: UInt64
        var sample: Timeline.Counter.Sample
    }

    /// The fields of a packet, which may stand in any order.
    private struct Packet {
        var time: Int64 = 0
        var sequence: UInt64 = 0
        var clock: UInt64?
        var isStateCleared = false
        var interned: ProtobufMessage?
        var defaults: ProtobufMessage?
        var descriptor: ProtobufMessage?
        var event: ProtobufMessage?
    }

    private let subject: String
    private let limits: TimelineLimits
    private var tracks = PerfettoTracks()
    private var sequences: [UInt64: PerfettoSequence] = [:]
    private var slices: [SliceEvent<UInt64>] = []
    private var readings: [Reading] = []
    private var lastTime: Int64 = 0

    init(subject: String, limits: TimelineLimits) {
        self.subject = subject
        self.limits = limits
    }

    mutating func read(_ bytes: [UInt8]) throws(TimelineError) -> Timeline {
        var trace = ProtobufMessage(bytes, subject: subject)
        var count = 0
        while let field = try trace.next() {
            guard field.number == PerfettoField.Trace.packet else { continue }
            guard count < limits.maximumEvents else {
                throw trace.failure(
                    field, "the trace has more than \(limits.maximumEvents) packets", code: .limitExceeded)
            }
            count += 1
            try take(try packet(try trace.message(field)), field, trace)
        }
        return try timeline()
    }

    // MARK: - Packets

    private func packet(_ content: ProtobufMessage) throws(TimelineError) -> Packet {
        var message = content
        var packet = Packet()
        while let field = try message.next() {
            switch field.number {
            case PerfettoField.Packet.timestamp:
                guard let time = Int64(exactly: try message.unsigned(field)) else {
                    throw message.failure(field, "a time does not fit 63 bits", code: .outOfRange)
                }
                packet.time = time
            case PerfettoField.Packet.sequence: packet.sequence = try message.unsigned(field)
            case PerfettoField.Packet.clock: packet.clock = try message.unsigned(field)
            case PerfettoField.Packet.sequenceFlags:
                if try message.unsigned(field) & PerfettoField.Flags.stateCleared != 0 { packet.isStateCleared = true }
            case PerfettoField.Packet.isStateCleared:
                if try message.unsigned(field) != 0 { packet.isStateCleared = true }
            case PerfettoField.Packet.internedData: packet.interned = try message.message(field)
            case PerfettoField.Packet.defaults: packet.defaults = try message.message(field)
            case PerfettoField.Packet.trackDescriptor: packet.descriptor = try message.message(field)
            case PerfettoField.Packet.trackEvent: packet.event = try message.message(field)
            case PerfettoField.Packet.compressedPackets:
                throw message.failure(field, "the packets are compressed", code: .unsupported)
            default: break
            }
        }
        return packet
    }

    private mutating func take(
        _ packet: Packet, _ field: WireField, _ trace: ProtobufMessage
    ) throws(TimelineError) {
        var sequence = packet.isStateCleared ? PerfettoSequence() : sequences[packet.sequence] ?? PerfettoSequence()
        sequences[packet.sequence] = nil
        if let interned = packet.interned { try sequence.intern(interned) }
        if let defaults = packet.defaults { try sequence.takeDefaults(defaults) }
        if let descriptor = packet.descriptor { try tracks.describe(descriptor) }
        if let event = packet.event {
            // Clocks from 64 on are a sequence's own, and count from the packet before.
            guard packet.clock ?? sequence.defaultClock < 64 else {
                throw trace.failure(field, "the times are of a clock of the sequence's own", code: .unsupported)
            }
            try take(event, time: packet.time, sequence)
        }
        sequences[packet.sequence] = sequence
    }

    // MARK: - Events

    private mutating func take(
        _ event: ProtobufMessage, time: Int64, _ sequence: PerfettoSequence
    ) throws(TimelineError) {
        var message = event
        var type: UInt64 = 0
        var value: Double?
        var categories: [String] = []
        var slice = SliceEvent(
            isBegin: true, time: time, place: sequence.defaultTrack, name: "", category: "", arguments: [])
        while let field = try message.next() {
            switch field.number {
            case PerfettoField.Event.type: type = try message.unsigned(field)
            case PerfettoField.Event.track: slice.place = try message.unsigned(field)
            case PerfettoField.Event.name: slice.name = try message.text(field)
            case PerfettoField.Event.nameReference: slice.name = sequence.names[try message.unsigned(field)] ?? ""
            case PerfettoField.Event.categories: categories.append(try message.text(field))
            case PerfettoField.Event.categoryReferences:
                for number in try message.varints(field) { categories.append(sequence.categories[number] ?? "") }
            case PerfettoField.Event.counterValue: value = Double(try message.signed(field))
            case PerfettoField.Event.counterDouble: value = try message.double(field)
            case PerfettoField.Event.annotations:
                slice.arguments.append(
                    try PerfettoAnnotation.argument(
                        try message.message(field), texts: sequence.texts, depth: limits.maximumDepth))
            default: break
            }
        }
        lastTime = max(lastTime, time)
        slice.category = categories.joined(separator: ",")
        switch type {
        case PerfettoField.EventType.begin: slices.append(slice)
        case PerfettoField.EventType.end:
            slice.isBegin = false
            slices.append(slice)
        case PerfettoField.EventType.counter:
            if let value {
                readings.append(
                    Reading(track: slice.place, sample: Timeline.Counter.Sample(time: time, value: value)))
            }
        default: break
        }
    }

    // MARK: - The timeline

    private func timeline() throws(TimelineError) -> Timeline {
        var drafts: [SpanDraft<Timeline.TrackID>] = []
        var names: [Timeline.TrackID: String] = [:]
        for draft in try SlicePairing.drafts(slices, lastTime: lastTime, subject: subject) {
            let thread = tracks.thread(of: draft.place)
            if names[thread] == nil { names[thread] = tracks.descriptors[draft.place]?.name ?? "" }
            drafts.append(
                SpanDraft(
                    name: draft.name, category: draft.category, place: thread, start: draft.start,
                    duration: draft.duration, arguments: draft.arguments))
        }
        var processes: [Int64: String] = [:]
        for (_, track) in tracks.descriptors.sorted(by: { $0.key < $1.key }) {
            if let thread = track.thread { names[thread] = track.threadName.isEmpty ? track.name : track.threadName }
            if let process = track.process { processes[process] = track.processName }
        }
        var timeline = Timeline()
        timeline.spans = try SpanAssembly.spans(drafts, subject: subject)
        timeline.counters = try counters()
        for process in names.keys.map(\.process) + timeline.counters.map(\.process) where processes[process] == nil {
            processes[process] = ""
        }
        timeline.processes = processes.sorted { $0.key < $1.key }.map { Timeline.Process($0.key, name: $0.value) }
        timeline.tracks = names.sorted { $0.key < $1.key }.map { Timeline.Track($0.key, name: $0.value) }
        return timeline
    }

    private func counters() throws(TimelineError) -> [Timeline.Counter] {
        let byTrack = Dictionary(grouping: readings, by: \.track)
        var counters: [Timeline.Counter] = []
        for (identifier, readings) in byTrack.sorted(by: { $0.key < $1.key }) {
            let track = tracks.descriptors[identifier] ?? PerfettoTracks.Descriptor()
            guard !track.isIncremental else {
                throw TimelineError(
                    .unsupported, subject: "\(subject), counter '\(track.name)'",
                    reason: "its values are differences from the packet before")
            }
            var counter = Timeline.Counter(track.name, unit: track.unit, process: tracks.process(of: identifier))
            counter.samples = readings.map { reading in
                Timeline.Counter.Sample(
                    time: reading.sample.time,
                    value: track.multiplier == 1
                        ? reading.sample.value : reading.sample.value * Double(track.multiplier))
            }
            counter.sortSamples()
            counters.append(counter)
        }
        return counters
    }
}

import Wire

/// The tracks that a trace describes, and which thread or process each of them belongs to.
struct PerfettoTracks {
    /// What one descriptor tells.
    struct Descriptor {
        var parent: UInt64 = 0
        var name = ""
        var process: Int64?
        var processName = ""
        var thread: Timeline.TrackID?
        var threadName = ""
        var isCounter = false
        var unit = ""
        var multiplier: Int64 = 1
        var isIncremental = false
    }

    private(set) var descriptors: [UInt64: Descriptor] = [:]

    /// Takes in a `TrackDescriptor`; a later one of the same track replaces it.
    mutating func describe(_ descriptor: ProtobufMessage) throws(TimelineError) {
        var message = descriptor
        var track = Descriptor()
        var identifier: UInt64 = 0
        while let field = try message.next() {
            switch field.number {
            case PerfettoField.Track.identifier: identifier = try message.unsigned(field)
            case PerfettoField.Track.parent: track.parent = try message.unsigned(field)
            case PerfettoField.Track.name, PerfettoField.Track.staticName: track.name = try message.text(field)
            case PerfettoField.Track.process: try Self.process(try message.message(field), &track)
            case PerfettoField.Track.thread: try Self.thread(try message.message(field), &track)
            case PerfettoField.Track.counter: try Self.counter(try message.message(field), &track)
            default: break
            }
        }
        descriptors[identifier] = track
    }

    /// The thread of a track: its own or that of the nearest track above, else a thread below zero of its process.
    func thread(of identifier: UInt64) -> Timeline.TrackID {
        for ancestor in ancestry(of: identifier) {
            if let thread = descriptors[ancestor]?.thread { return thread }
        }
        return Timeline.TrackID(
            process: process(of: identifier), thread: ~Int64(bitPattern: identifier & 0x7FFF_FFFF_FFFF_FFFF))
    }

    /// The process of a track: its own or that of the nearest track above, else 0.
    func process(of identifier: UInt64) -> Int64 {
        for ancestor in ancestry(of: identifier) {
            guard let track = descriptors[ancestor] else { continue }
            if let process = track.process ?? track.thread?.process { return process }
        }
        return 0
    }

    /// The track and those above it, as far as they are described; a circle ends after 64.
    private func ancestry(of identifier: UInt64) -> [UInt64] {
        var chain = [identifier]
        while chain.count < 64, let parent = descriptors[chain[chain.count - 1]]?.parent, parent != 0 {
            chain.append(parent)
        }
        return chain
    }

    private static func process(_ descriptor: ProtobufMessage, _ track: inout Descriptor) throws(TimelineError) {
        var message = descriptor
        track.process = track.process ?? 0
        while let field = try message.next() {
            switch field.number {
            case PerfettoField.Process.identifier: track.process = try message.signed(field)
            case PerfettoField.Process.name: track.processName = try message.text(field)
            default: break
            }
        }
    }

    private static func thread(_ descriptor: ProtobufMessage, _ track: inout Descriptor) throws(TimelineError) {
        var message = descriptor
        var thread = Timeline.TrackID(process: 0, thread: 0)
        while let field = try message.next() {
            switch field.number {
            case PerfettoField.Thread.process: thread.process = try message.signed(field)
            case PerfettoField.Thread.identifier: thread.thread = try message.signed(field)
            case PerfettoField.Thread.name: track.threadName = try message.text(field)
            default: break
            }
        }
        track.thread = thread
    }

    private static func counter(_ descriptor: ProtobufMessage, _ track: inout Descriptor) throws(TimelineError) {
        var message = descriptor
        track.isCounter = true
        while let field = try message.next() {
            switch field.number {
            case PerfettoField.Counter.unit:
                if track.unit.isEmpty { track.unit = unitName(try message.unsigned(field)) }
            case PerfettoField.Counter.unitName: track.unit = try message.text(field)
            case PerfettoField.Counter.multiplier: track.multiplier = try message.signed(field)
            case PerfettoField.Counter.isIncremental: track.isIncremental = try message.unsigned(field) != 0
            default: break
            }
        }
    }

    /// The names of `CounterDescriptor.Unit`.
    private static func unitName(_ unit: UInt64) -> String {
        switch unit {
        case 1: "ns"
        case 2: "count"
        case 3: "bytes"
        default: ""
        }
    }
}

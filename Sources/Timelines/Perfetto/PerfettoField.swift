/// Field numbers of Perfetto's trace (github.com/google/perfetto, protos/perfetto/trace).
enum PerfettoField {
    /// `Trace` of trace.proto.
    enum Trace {
        static let packet = 1
    }

    /// `TracePacket` of trace_packet.proto.
    enum Packet {
        static let timestamp = 8
        static let sequence = 10
        static let trackEvent = 11
        static let internedData = 12
        static let sequenceFlags = 13
        static let isStateCleared = 41
        static let compressedPackets = 50
        static let clock = 58
        static let defaults = 59
        static let trackDescriptor = 60
        static let isFirstOfSequence = 87
    }

    /// `TracePacket.SequenceFlags`.
    enum Flags {
        static let stateCleared: UInt64 = 1
        static let needsState: UInt64 = 2
    }

    /// `TracePacketDefaults` of trace_packet_defaults.proto, and `TrackEventDefaults` within.
    enum Defaults {
        static let trackEvent = 11
        static let clock = 58
        static let trackIdentifier = 11
    }

    /// `TrackDescriptor` of track_descriptor.proto.
    enum Track {
        static let identifier = 1
        static let name = 2
        static let process = 3
        static let thread = 4
        static let parent = 5
        static let counter = 8
        static let staticName = 10
    }

    /// `ProcessDescriptor` of process_descriptor.proto.
    enum Process {
        static let identifier = 1
        static let name = 6
    }

    /// `ThreadDescriptor` of thread_descriptor.proto.
    enum Thread {
        static let process = 1
        static let identifier = 2
        static let name = 5
    }

    /// `CounterDescriptor` of counter_descriptor.proto.
    enum Counter {
        static let unit = 3
        static let multiplier = 4
        static let isIncremental = 5
        static let unitName = 6
    }

    /// `TrackEvent` of track_event.proto.
    enum Event {
        static let categoryReferences = 3
        static let annotations = 4
        static let type = 9
        static let nameReference = 10
        static let track = 11
        static let categories = 22
        static let name = 23
        static let counterValue = 30
        static let counterDouble = 44
    }

    /// `TrackEvent.Type`.
    enum EventType {
        static let begin: UInt64 = 1
        static let end: UInt64 = 2
        static let counter: UInt64 = 4
    }

    /// `DebugAnnotation` of debug_annotation.proto.
    enum Annotation {
        static let nameReference = 1
        static let bool = 2
        static let unsigned = 3
        static let integer = 4
        static let double = 5
        static let string = 6
        static let pointer = 7
        static let nested = 8
        static let json = 9
        static let name = 10
        static let entries = 11
        static let elements = 12
        static let stringReference = 17
    }

    /// `DebugAnnotation.NestedValue`.
    enum Nested {
        static let type = 1
        static let keys = 2
        static let values = 3
        static let elements = 4
        static let integer = 5
        static let double = 6
        static let bool = 7
        static let string = 8
        static let dictionaryType: UInt64 = 1
        static let arrayType: UInt64 = 2
    }

    /// `InternedData` of interned_data.proto; each entry has its number in field 1 and its text in field 2.
    enum Interned {
        static let categories = 1
        static let names = 2
        static let annotationNames = 3
        static let annotationStrings = 29
        static let identifier = 1
        static let text = 2
    }
}

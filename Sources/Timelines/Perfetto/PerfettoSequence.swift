import Wire

/// What the packets of one sequence have told so far, and later packets refer to.
struct PerfettoSequence {
    var names: [UInt64: String] = [:]
    var categories: [UInt64: String] = [:]
    var texts = PerfettoAnnotation.Texts()
    var defaultTrack: UInt64 = 0
    var defaultClock: UInt64 = 0

    /// Takes in new entries of `InternedData`.
    mutating func intern(_ data: ProtobufMessage) throws(TimelineError) {
        var message = data
        while let field = try message.next() {
            switch field.number {
            case PerfettoField.Interned.names:
                let (number, text) = try Self.entry(try message.message(field))
                names[number] = text
            case PerfettoField.Interned.categories:
                let (number, text) = try Self.entry(try message.message(field))
                categories[number] = text
            case PerfettoField.Interned.annotationNames:
                let (number, text) = try Self.entry(try message.message(field))
                texts.names[number] = text
            case PerfettoField.Interned.annotationStrings:
                let (number, text) = try Self.entry(try message.message(field))
                texts.strings[number] = text
            default: break
            }
        }
    }

    /// Takes in `TracePacketDefaults`.
    mutating func takeDefaults(_ defaults: ProtobufMessage) throws(TimelineError) {
        var message = defaults
        while let field = try message.next() {
            switch field.number {
            case PerfettoField.Defaults.clock: defaultClock = try message.unsigned(field)
            case PerfettoField.Defaults.trackEvent:
                var event = try message.message(field)
                while let inner = try event.next() {
                    if inner.number == PerfettoField.Defaults.trackIdentifier {
                        defaultTrack = try event.unsigned(inner)
                    }
                }
            default: break
            }
        }
    }

    private static func entry(_ entry: ProtobufMessage) throws(TimelineError) -> (UInt64, String) {
        var message = entry
        var number: UInt64 = 0
        var text = ""
        while let field = try message.next() {
            switch field.number {
            case PerfettoField.Interned.identifier: number = try message.unsigned(field)
            case PerfettoField.Interned.text: text = try message.text(field)
            default: break
            }
        }
        return (number, text)
    }
}

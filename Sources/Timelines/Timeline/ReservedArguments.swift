/// What a span carries and a format has no place for, as arguments under names of our own.
enum ReservedArguments {
    static let identifier = "assay.span"
    static let parent = "assay.parent"
    static let level = "assay.level"
    static let kind = "assay.kind"
    static let category = "assay.category"

    /// Refuses a span whose own arguments have one of the names.
    static func check(_ arguments: [Timeline.Argument], against names: [String], subject: String) throws(TimelineError)
    {
        for argument in arguments where names.contains(argument.name) {
            throw TimelineError(
                .invalidName, subject: subject, reason: "the format needs the name '\(argument.name)' for itself",
                remedy: "call the argument otherwise")
        }
    }

    /// The arguments of a span with identifier, parent, level and kind before them.
    static func annotated(_ span: Timeline.Span) throws(TimelineError) -> [Timeline.Argument] {
        try check(span.arguments, against: [identifier, parent, level, kind], subject: span.subject)
        var arguments = [Timeline.Argument(identifier, .string(Hexadecimal.text(span.id)))]
        if let number = span.parent { arguments.append(Timeline.Argument(parent, .string(Hexadecimal.text(number)))) }
        if let name = span.level { arguments.append(Timeline.Argument(level, .string(name.rawValue))) }
        if span.kind != .internal { arguments.append(Timeline.Argument(kind, .string(span.kind.rawValue))) }
        return arguments + span.arguments
    }

    /// Takes the level out of the arguments.
    static func takeLevel(
        _ arguments: inout [Timeline.Argument], subject: String
    ) throws(TimelineError) -> Timeline.Level? {
        guard let value = arguments.remove(level) else { return nil }
        guard case .string(let name) = value, let known = Timeline.Level(rawValue: name) else {
            throw malformed(level, subject)
        }
        return known
    }

    /// Takes the kind out of the arguments.
    static func takeKind(
        _ arguments: inout [Timeline.Argument], subject: String
    ) throws(TimelineError) -> Timeline.Kind {
        guard let value = arguments.remove(kind) else { return .internal }
        guard case .string(let name) = value, let known = Timeline.Kind(rawValue: name) else {
            throw malformed(kind, subject)
        }
        return known
    }

    /// Takes an identifier out of the arguments.
    static func takeIdentifier(
        _ name: String, _ arguments: inout [Timeline.Argument], subject: String
    ) throws(TimelineError) -> UInt64? {
        guard let value = arguments.remove(name) else { return nil }
        guard case .string(let text) = value, let number = Hexadecimal.number(text), number != 0 else {
            throw malformed(name, subject)
        }
        return number
    }

    private static func malformed(_ name: String, _ subject: String) -> TimelineError {
        TimelineError(.malformed, subject: subject, reason: "the argument '\(name)' has no value of its kind")
    }
}

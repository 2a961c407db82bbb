/// Makes the spans of a timeline from what a file told: identifiers and parents come back from the reserved arguments,
/// and a span without an identifier gets the lowest that is free.
enum SpanAssembly {
    static func spans(
        _ drafts: [SpanDraft<Timeline.TrackID>], subject: String
    ) throws(TimelineError) -> [Timeline.Span] {
        var spans: [Timeline.Span] = []
        spans.reserveCapacity(drafts.count)
        var taken: Set<UInt64> = []
        for draft in drafts {
            let place = "\(subject), span '\(draft.name)'"
            var arguments = draft.arguments
            let identifier = try ReservedArguments.takeIdentifier(
                ReservedArguments.identifier, &arguments, subject: place)
            if let identifier, !taken.insert(identifier).inserted {
                throw TimelineError(
                    .invalidIdentifier, subject: place, reason: "another span has the identifier \(identifier)")
            }
            guard !draft.start.addingReportingOverflow(draft.duration).overflow else {
                throw TimelineError(.outOfRange, subject: place, reason: "its end does not fit 64 bits")
            }
            let parent = try ReservedArguments.takeIdentifier(ReservedArguments.parent, &arguments, subject: place)
            let level = try ReservedArguments.takeLevel(&arguments, subject: place)
            let kind = try ReservedArguments.takeKind(&arguments, subject: place)
            spans.append(
                Timeline.Span(
                    identifier ?? 0, parent: parent, name: draft.name, category: draft.category, level: level,
                    kind: kind, track: draft.place, start: draft.start, duration: draft.duration, arguments: arguments))
        }
        var free: UInt64 = 1
        for index in spans.indices where spans[index].id == 0 {
            while taken.contains(free) { free += 1 }
            spans[index].id = free
            free += 1
        }
        return spans
    }
}

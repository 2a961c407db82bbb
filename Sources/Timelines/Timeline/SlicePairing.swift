/// Pairs begins and ends as brackets, place by place.
enum SlicePairing {
    /// The spans of the events, which are taken in the order of their times, those of one time in the order given.
    ///
    /// An end without a begin tells of a span from before the trace and is left out. A begin without an end is closed at
    /// the last time of the trace and gets the argument `unfinished`.
    static func drafts<Place>(
        _ events: [SliceEvent<Place>], lastTime: Int64, subject: String
    ) throws(TimelineError) -> [SpanDraft<Place>] {
        let order = events.indices.sorted { (events[$0].time, $0) < (events[$1].time, $1) }
        var open: [Place: [Int]] = [:]
        var drafts: [SpanDraft<Place>] = []
        for index in order {
            let event = events[index]
            if event.isBegin {
                open[event.place, default: []].append(drafts.count)
                drafts.append(
                    SpanDraft(
                        name: event.name, category: event.category, place: event.place, start: event.time, duration: 0,
                        arguments: event.arguments))
            } else if let place = open[event.place]?.popLast() {
                try close(&drafts[place], at: event.time, subject: subject)
                if drafts[place].name.isEmpty { drafts[place].name = event.name }
                if !event.arguments.isEmpty {
                    drafts[place].arguments = (drafts[place].arguments + event.arguments).lastOfEachName()
                }
            }
        }
        for place in open.values.joined() {
            let end = max(lastTime, drafts[place].start)
            try close(&drafts[place], at: end, subject: subject)
            let arguments = drafts[place].arguments + [Timeline.Argument("unfinished", .bool(true))]
            drafts[place].arguments = arguments.lastOfEachName()
        }
        return drafts
    }

    private static func close<Place>(
        _ draft: inout SpanDraft<Place>, at time: Int64, subject: String
    ) throws(TimelineError) {
        let (duration, overflow) = time.subtractingReportingOverflow(draft.start)
        guard !overflow else {
            throw TimelineError(
                .outOfRange, subject: "\(subject), span '\(draft.name)'", reason: "its duration does not fit 64 bits")
        }
        draft.duration = duration
    }
}

public import Records
public import Timelines

/// What there is to see in a timeline of any program: a flame graph, lanes of spans, and the names that take longest.
public struct TimelineReport: Sendable {
    /// What it is called.
    public let title: String
    /// How much is in it, in words.
    public let summary: String
    /// What there is to look at.
    public let exhibits: [Exhibit]

    /// The most spans that are drawn one by one.
    private static let most = 1500

    /// Looks at a timeline.
    ///
    /// - Throws: `TimelineError` of code `cyclicParents` or `negativeDuration`.
    public init(_ timeline: Timeline, title: String) throws(TimelineError) {
        var linked = timeline
        linked.linkParents()
        let start = linked.spans.map(\.start).min() ?? 0
        let end = linked.spans.map(\.end).max() ?? 0
        self.title = title
        summary =
            "\(linked.spans.count) spans and \(linked.counters.count) counters of \(linked.processes.count) processes, "
            + "\(MetricUnit.nanoseconds.format(Self.offset(of: end, from: start))) from first to last"
        exhibits = [
            try Self.flame(linked), Self.lanes(linked, from: start), Self.names(linked), Self.counters(linked),
        ].compactMap(\.self)
    }

    private static func flame(_ timeline: Timeline) throws(TimelineError) -> Exhibit? {
        let folded = try FoldedStacks(timeline)
        let frames = FlameFrames(folded).frames
        guard !frames.isEmpty else { return nil }
        return Exhibit(
            "flame", title: "Flame graph",
            caption:
                "Spans of one name and one path stand together; widths are their time in all. Point at a frame, or "
                + "reach it with the keyboard, to read it in full.", .flame(FlameGraph(frames: frames)))
    }

    /// A lane for each depth of each thread, so that no two spans of a lane overlap.
    private static func lanes(_ timeline: Timeline, from start: Int64) -> Exhibit? {
        let spans = timeline.spans.sorted { ($0.start, $1.duration) < ($1.start, $0.duration) }
        guard !spans.isEmpty else { return nil }
        let names = Dictionary(timeline.tracks.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let processes = Dictionary(timeline.processes.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var lanes: [Timeline.TrackID: [[Timeline.Span]]] = [:]
        for span in spans.prefix(most) {
            var rows = lanes[span.track] ?? []
            let free = rows.firstIndex { ($0.last?.end ?? .min) <= span.start }
            if let free { rows[free].append(span) } else { rows.append([span]) }
            lanes[span.track] = rows
        }
        let drawn = lanes.keys.sorted().flatMap { track -> [TimelineChart.Lane] in
            let thread = names[track] ?? ""
            let name = [processes[track.process] ?? "", thread.isEmpty ? "thread \(track.thread)" : thread]
                .filter { !$0.isEmpty }.joined(separator: ", ")
            return (lanes[track] ?? []).enumerated().map { row, spans in
                TimelineChart.Lane(
                    row == 0 ? name : "",
                    spans.map {
                        TimelineChart.Span(
                            $0.name, kind: $0.level?.rawValue ?? $0.category, start: offset(of: $0.start, from: start),
                            duration: Double($0.duration))
                    })
            }
        }
        var caption = spans.count > most ? ["The first \(most) of \(spans.count) spans."] : []
        let placed = spans.count { $0.isPlacedInOrder }
        if placed > 0 {
            caption.append(
                "\(placed == spans.count ? "No span says" : "\(placed) of \(spans.count) spans do not say") when it began: "
                    + "they have durations alone and are placed in order, one after the other.")
        }
        return Exhibit(
            "timeline", title: "Timeline", caption: caption.joined(separator: " "),
            .timeline(TimelineChart(lanes: Array(drawn.prefix(60)))))
    }

    /// How long after another time one is, exact where the difference fits: times of the epoch do not fit a double.
    private static func offset(of time: Int64, from start: Int64) -> Double {
        let (difference, overflow) = time.subtractingReportingOverflow(start)
        return overflow ? Double(time) - Double(start) : Double(difference)
    }

    private static func names(_ timeline: Timeline) -> Exhibit? {
        var totals: [String: (category: String, count: Int, total: Double, longest: Int64)] = [:]
        for span in timeline.spans {
            var entry = totals[span.name] ?? (span.category, 0, 0, 0)
            entry.count += 1
            entry.total += Double(span.duration)
            entry.longest = max(entry.longest, span.duration)
            totals[span.name] = entry
        }
        guard !totals.isEmpty else { return nil }
        let order = totals.sorted { ($1.value.total, $0.key) < ($0.value.total, $1.key) }
        let rows = order.prefix(30).map { name, entry -> [Cell] in
            [
                .text(name), .text(entry.category), .quantity(Quantity(Double(entry.count), .count)),
                .quantity(Quantity(entry.total, .nanoseconds)),
                .quantity(Quantity(entry.total / Double(entry.count), .nanoseconds)),
                .quantity(Quantity(Double(entry.longest), .nanoseconds)),
            ]
        }
        return Exhibit(
            "names", title: "What takes longest",
            caption: order.count > 30 ? "The first 30 of \(order.count) names." : "", varies: true,
            .table(
                Table(
                    columns: [
                        .init("Span"), .init("Kind"), .init("Count", .right), .init("In all", .right),
                        .init("Mean", .right), .init("Longest", .right),
                    ], rows: rows)))
    }

    private static func counters(_ timeline: Timeline) -> Exhibit? {
        let rows = timeline.counters.filter { !$0.samples.isEmpty }.prefix(100).map { counter -> [Cell] in
            let values = counter.samples.map(\.value)
            let unit = counter.unit.isEmpty ? MetricUnit.number : MetricUnit(rawValue: counter.unit)
            return [
                .text(counter.name), .quantity(Quantity(Double(values.count), .count)),
                .quantity(Quantity(values.min() ?? .nan, unit)),
                .quantity(Quantity(values.reduce(0, +) / Double(values.count), unit)),
                .quantity(Quantity(values.max() ?? .nan, unit)),
            ]
        }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            "counters", title: "Counters", varies: true,
            .table(
                Table(
                    columns: [
                        .init("Counter"), .init("Readings", .right), .init("Least", .right), .init("Mean", .right),
                        .init("Most", .right),
                    ], rows: Array(rows))))
    }
}

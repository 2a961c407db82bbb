/// The spans of a timeline as trees: who is whose child, parents before children.
struct SpanForest {
    /// The places of the children of each span.
    private(set) var children: [[Int]]
    /// The places of the spans, each after its parent.
    private(set) var order: [Int] = []
    /// The place of the parent of each span.
    private(set) var parents: [Int?]

    /// Links the spans; a parent that the timeline lacks makes a root.
    init(_ timeline: Timeline) throws(TimelineError) {
        let spans = timeline.spans
        children = Array(repeating: [], count: spans.count)
        parents = Array(repeating: nil, count: spans.count)
        var places: [UInt64: Int] = [:]
        for (index, span) in spans.enumerated() {
            guard span.duration >= 0 else {
                throw TimelineError(.negativeDuration, subject: span.subject, reason: "it ends before it starts")
            }
            if places[span.id] == nil { places[span.id] = index }
        }
        for (index, span) in spans.enumerated() {
            if let parent = span.parent.flatMap({ places[$0] }) {
                parents[index] = parent
                children[parent].append(index)
            } else {
                order.append(index)
            }
        }
        var next = 0
        while next < order.count {
            order.append(contentsOf: children[order[next]])
            next += 1
        }
        guard order.count == spans.count else {
            throw TimelineError(
                .cyclicParents, subject: "the timeline",
                reason: "\(spans.count - order.count) spans are on or below a circle of parents")
        }
    }

    /// Nanoseconds in a span outside of its children on the same track, which may overlap each other.
    func selfTime(of index: Int, in timeline: Timeline) -> Int64 {
        let span = timeline.spans[index]
        let inner = children[index].lazy.map { timeline.spans[$0] }.filter { $0.track == span.track }
            .map { (start: max($0.start, span.start), end: min($0.end, span.end)) }
            .filter { $0.start < $0.end }
            .sorted { $0.start < $1.start }
        var time = span.duration
        var covered = span.start
        for interval in inner where interval.end > covered {
            time -= interval.end - max(interval.start, covered)
            covered = interval.end
        }
        return time
    }
}

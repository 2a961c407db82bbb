/// Spreads the spans of one thread over lanes in each of which they nest.
enum PerfettoLanes {
    /// A begin or an end on a lane.
    struct Mark {
        var time: Int64
        var lane: Int
        /// The span that begins; `nil` when one ends.
        var span: Int?
    }

    /// Begins and ends of the spans, those of one lane in an order that nests, and how many lanes there are.
    static func marks(_ spans: [Timeline.Span], of indices: [Int]) -> (marks: [Mark], lanes: Int) {
        let order = indices.sorted { left, right in
            let (first, second) = (spans[left], spans[right])
            if first.start != second.start { return first.start < second.start }
            return first.duration != second.duration ? first.duration > second.duration : left < right
        }
        var marks: [Mark] = []
        marks.reserveCapacity(order.count * 2)
        var lanes: [[Int64]] = []
        for index in order {
            let span = spans[index]
            let lane = place(span, in: &lanes, marks: &marks)
            marks.append(Mark(time: span.start, lane: lane, span: index))
            lanes[lane].append(span.end)
        }
        for lane in lanes.indices {
            for end in lanes[lane].reversed() { marks.append(Mark(time: end, lane: lane, span: nil)) }
        }
        return (marks, lanes.count)
    }

    /// The first lane on which the span nests, after what has ended there is closed.
    private static func place(_ span: Timeline.Span, in lanes: inout [[Int64]], marks: inout [Mark]) -> Int {
        for lane in lanes.indices {
            while let end = lanes[lane].last, end <= span.start {
                marks.append(Mark(time: end, lane: lane, span: nil))
                lanes[lane].removeLast()
            }
            if lanes[lane].last.map({ $0 >= span.end }) ?? true { return lane }
        }
        lanes.append([])
        return lanes.count - 1
    }
}

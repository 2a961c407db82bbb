/// Spans as folded stacks: for each path from an outermost span inwards, the time spent in its last span itself.
///
/// This is what a flame graph is drawn from (Gregg, "The Flame Graph", CACM 59(6), 2016): one line `a;b;c VALUE` a path.
public struct FoldedStacks: Sendable, Hashable {
    /// One path and the time spent at its end.
    public struct Entry: Sendable, Hashable {
        /// The names from the outermost span inwards.
        public var path: [String]
        /// Nanoseconds in the last span outside of its children.
        public var selfTime: Int64

        /// Makes an entry.
        public init(path: [String], selfTime: Int64) {
            self.path = path
            self.selfTime = selfTime
        }
    }

    private struct Frame: Hashable {
        var below: Int?
        var name: String
    }

    /// The paths in the order of their names; one without time of its own is left out.
    public let entries: [Entry]

    /// Folds the spans along their parents; what lies deeper than `maximumDepth` counts for the frame at that depth.
    ///
    /// A child on another track has its frame on its parent's, but its time does not count against it: they ran at once.
    /// - Throws: `TimelineError` of code `cyclicParents` or `negativeDuration`.
    public init(_ timeline: Timeline, maximumDepth: Int = 256) throws(TimelineError) {
        let forest = try SpanForest(timeline)
        var frames: [Frame] = []
        var depths: [Int] = []
        var times: [Int64] = []
        var places: [Frame: Int] = [:]
        var framesOfSpans = [Int](repeating: 0, count: timeline.spans.count)
        for index in forest.order {
            let below = forest.parents[index].map { framesOfSpans[$0] }
            let place: Int
            if let below, depths[below] >= maximumDepth {
                place = below
            } else {
                let frame = Frame(below: below, name: timeline.spans[index].name)
                place = places[frame] ?? frames.count
                if place == frames.count {
                    places[frame] = place
                    frames.append(frame)
                    depths.append((below.map { depths[$0] } ?? 0) + 1)
                    times.append(0)
                }
            }
            framesOfSpans[index] = place
            times[place] = times[place].addingSaturated(forest.selfTime(of: index, in: timeline))
        }
        var entries: [Entry] = []
        for place in frames.indices where times[place] > 0 {
            var path: [String] = []
            var frame: Int? = place
            while let current = frame {
                path.append(frames[current].name)
                frame = frames[current].below
            }
            entries.append(Entry(path: path.reversed(), selfTime: times[place]))
        }
        self.entries = entries.sorted { $0.path.lexicographicallyPrecedes($1.path) }
    }

    /// One line a path; in names `;` becomes `:`, and line breaks become spaces.
    public var text: String {
        var text = ""
        for entry in entries {
            let names = entry.path.map { name in
                String(name.map { $0 == ";" ? ":" as Character : $0.isNewline ? " " as Character : $0 })
            }
            text += names.joined(separator: ";") + " \(entry.selfTime)\n"
        }
        return text
    }
}

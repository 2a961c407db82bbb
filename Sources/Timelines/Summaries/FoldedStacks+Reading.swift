extension FoldedStacks {
    /// Reads folded stacks as a timeline: what each path spent, one after the other, on one thread.
    ///
    /// The file says how long, not when: siblings lie in the order of their first lines, and every span says so.
    /// - Throws: `TimelineError` of code `malformed` that names the line.
    public static func read(
        _ text: String, subject: String = "stacks", limits: TimelineLimits = TimelineLimits()
    ) throws(TimelineError) -> Timeline {
        var frames: [Frame] = []
        var roots: [Int] = []
        var places: [Place: Int] = [:]
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard !line.isEmpty else { continue }
            let place = "\(subject), line \(number + 1)"
            guard let mark = line.lastIndex(of: " "), let value = Int64(line[line.index(after: mark)...]), value >= 0,
                mark != line.startIndex
            else {
                throw TimelineError(.malformed, subject: place, reason: "it is not 'a;b;c NUMBER'")
            }
            var at: Int?
            for name in line[..<mark].split(separator: ";", omittingEmptySubsequences: false) {
                if let known = places[Place(parent: at, name: name)] {
                    at = known
                    continue
                }
                guard frames.count < limits.maximumEvents else {
                    throw TimelineError(
                        .limitExceeded, subject: place, reason: "there are more than \(limits.maximumEvents) frames")
                }
                frames.append(Frame(name: String(name)))
                places[Place(parent: at, name: name)] = frames.count - 1
                if let at { frames[at].children.append(frames.count - 1) } else { roots.append(frames.count - 1) }
                at = frames.count - 1
            }
            if let at { frames[at].selfTime = frames[at].selfTime.addingSaturated(value) }
        }
        return timeline(frames, roots, subject)
    }

    /// A frame among its siblings.
    private struct Place: Hashable {
        var parent: Int?
        var name: Substring
    }

    private struct Frame {
        var name: String
        var selfTime: Int64 = 0
        var children: [Int] = []
        var total: Int64 = 0
        var start: Int64 = 0
        var parent: Int?
    }

    /// Children come after their parents in `frames`, so that one walk back adds up and one walk on places.
    private static func timeline(_ frames: [Frame], _ roots: [Int], _ subject: String) -> Timeline {
        var frames = frames
        for index in frames.indices.reversed() {
            frames[index].total = frames[index].children.reduce(frames[index].selfTime) {
                $0.addingSaturated(frames[$1].total)
            }
        }
        var clock: Int64 = 0
        for root in roots {
            frames[root].start = clock
            clock = clock.addingSaturated(frames[root].total)
        }
        for index in frames.indices {
            var start = frames[index].start
            for child in frames[index].children {
                frames[child].start = start
                frames[child].parent = index
                start = start.addingSaturated(frames[child].total)
            }
        }
        let track = Timeline.TrackID(process: 1, thread: 1)
        return Timeline(
            processes: [Timeline.Process(1, name: subject)], tracks: [Timeline.Track(track)],
            spans: frames.enumerated().map { index, frame in
                Timeline.Span(
                    UInt64(index) + 1, parent: frame.parent.map { UInt64($0) + 1 }, name: frame.name, track: track,
                    start: frame.start, duration: min(frame.total, Int64.max - frame.start),
                    arguments: [.placedInOrder])
            })
    }
}

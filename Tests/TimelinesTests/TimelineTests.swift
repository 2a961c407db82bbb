import Tensors
import Testing
import Timelines

@Suite("Timelines")
struct TimelineTests {
    private static let track = Timeline.TrackID(process: 1, thread: 1)

    private func timeline(_ spans: [Timeline.Span]) -> Timeline {
        let tracks = Set(spans.map(\.track)).sorted()
        return Timeline(
            processes: Set(tracks.map(\.process)).sorted().map { Timeline.Process($0) },
            tracks: tracks.map { Timeline.Track($0) }, spans: spans)
    }

    private func span(
        _ id: UInt64, _ start: Int64, _ end: Int64, parent: UInt64? = nil, level: Timeline.Level? = nil,
        thread: Int64 = 1
    ) -> Timeline.Span {
        Timeline.Span(
            id, parent: parent, name: "s\(id)", level: level, track: .init(process: 1, thread: thread), start: start,
            duration: end - start)
    }

    @Test("Parents are the innermost spans that contain, in the order of levels where intervals are equal")
    func parents() {
        var timeline = timeline([
            span(1, 0, 100, level: .layer), span(2, 0, 100, level: .model), span(3, 10, 20), span(4, 12, 30),
            span(5, 13, 20), span(6, 30, 30), span(7, 30, 90), span(8, 95, 120), span(9, 10, 20, thread: 2),
            span(10, 14, 15, parent: 2),
        ])
        timeline.linkParents()
        let parents = Dictionary(uniqueKeysWithValues: timeline.spans.map { ($0.id, $0.parent) })
        #expect(parents == [1: 2, 2: nil, 3: 1, 4: 1, 5: 4, 6: 7, 7: 1, 8: nil, 9: nil, 10: 2])
    }

    @Test("Linking agrees with a search over all pairs", arguments: 0..<100 as Range<UInt64>)
    func parentsOfRandomSpans(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var timeline = timeline(
            (1...40).map { number in
                let start = Int64(generator.integer(in: 0...30))
                let end = start + Int64(generator.integer(in: 0...12))
                return span(UInt64(number), start, end, thread: Int64(generator.integer(in: 1...2)))
            })
        let spans = timeline.spans
        timeline.linkParents()
        for (index, child) in spans.enumerated() {
            // The shortest of the latest starts; of equal intervals the one before, nearest first.
            let candidates = spans.indices.filter { other in
                other != index && spans[other].track == child.track && spans[other].contains(child)
                    && (spans[other].duration > child.duration || other < index)
            }
            let expected = candidates.max { left, right in
                let (first, second) = (spans[left], spans[right])
                return (first.start, -first.end, left) < (second.start, -second.end, right)
            }
            #expect(timeline.spans[index].parent == expected.map { spans[$0].id }, "seed \(seed), span \(child.id)")
        }
        #expect(timeline.problems() == [], "seed \(seed)")
    }

    @Test("A staircase of overlapping spans is linked in one pass")
    func staircase() {
        var timeline = timeline((1...200_000).map { span(UInt64($0), Int64($0), Int64($0) + 1_000_000) })
        timeline.linkParents()
        #expect(timeline.spans.allSatisfy { $0.parent == nil })
    }

    @Test("Each rule is found")
    func problems() {
        func codes(_ spans: [Timeline.Span], _ change: (inout Timeline) -> Void = { _ in }) -> [TimelineError.Code] {
            var timeline = timeline(spans)
            change(&timeline)
            return timeline.problems().map(\.code)
        }
        #expect(codes([span(1, 0, 9), span(2, 3, 4, parent: 1)]) == [])
        #expect(codes([span(1, 9, 0)]) == [.negativeDuration])
        #expect(codes([span(1, 0, 9), span(2, 3, 10, parent: 1)]) == [.outsideParent])
        #expect(codes([span(1, 0, 9), span(2, 3, 10, parent: 1, thread: 2)]) == [])
        #expect(codes([span(1, 0, 9, parent: 8)]) == [.unknownParent])
        #expect(codes([span(1, 0, 9), span(1, 0, 9)]) == [.invalidIdentifier])
        #expect(codes([span(0, 0, 9)]) == [.invalidIdentifier])
        #expect(codes([span(1, 0, 9, parent: 1)]) == [.cyclicParents])
        #expect(
            codes([span(1, 0, 9, parent: 2), span(2, 0, 9, parent: 1), span(3, 0, 9, parent: 1)])
                == [.cyclicParents, .cyclicParents])
        #expect(codes([span(1, 0, 9)]) { $0.tracks += $0.tracks } == [.invalidTrack])
        #expect(codes([span(1, 0, 9)]) { $0.processes += $0.processes } == [.invalidTrack])
        #expect(codes([]) { $0.counters = [Timeline.Counter("c", process: 3)] } == [.invalidTrack])
        #expect(codes([span(1, 0, 9)]) { $0.spans[0].start = .max } == [.outOfRange])
        #expect(timeline([span(1, 9, 0), span(2, 9, 0)]).problems(limit: 1).count == 1)
    }

    @Test("Folded stacks carry the time of their last frame, children that overlap counted once")
    func foldedStacks() throws {
        var folded = timeline([
            span(1, 0, 100), span(2, 10, 40, parent: 1), span(3, 30, 60, parent: 1), span(4, 15, 20, parent: 2),
            span(5, 0, 50, parent: 1, thread: 2), span(6, 90, 130, parent: 1), span(7, 200, 200),
        ])
        #expect(
            try FoldedStacks(folded).text
                == "s1 40\ns1;s2 25\ns1;s2;s4 5\ns1;s3 30\ns1;s5 50\ns1;s6 40\n")
        #expect(try FoldedStacks(folded, maximumDepth: 2).text.contains("s1;s2 30\n"))
        folded.spans[0].name = "a;b\nc"
        #expect(try FoldedStacks(folded).text.hasPrefix("a:b c 40\n"))
        #expect(throws: TimelineError.self) { try FoldedStacks(timeline([span(1, 0, 9, parent: 1)])) }
        #expect(throws: TimelineError.self) { try FoldedStacks(timeline([span(1, 9, 0)])) }
    }

    @Test("Self times of nested spans add up to the whole", arguments: 0..<50 as Range<UInt64>)
    func selfTimesAddUp(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var spans = [span(1, 0, 1000)]
        for number in 2...60 as ClosedRange<UInt64> {
            let parent = generator.element(of: spans)
            let used = spans.filter { $0.parent == parent.id }.map(\.end).max() ?? parent.start
            guard used < parent.end else { continue }
            let start = Int64(generator.integer(in: Int(used)...Int(parent.end)))
            let end = Int64(generator.integer(in: Int(start)...Int(parent.end)))
            spans.append(span(number, start, end, parent: parent.id))
        }
        #expect(try FoldedStacks(timeline(spans)).entries.map(\.selfTime).reduce(0, +) == 1000, "seed \(seed)")
    }

    @Test("Levels go from the application down to the hardware")
    func levels() {
        #expect(Timeline.Level.allCases == Timeline.Level.allCases.sorted())
        #expect(Timeline.Level.application < .model)
        #expect(Timeline.Level.allCases.map(\.depth) == Array(0...5))
    }
}

import Tensors
import Timelines

/// Timelines drawn from a seed: nested, overlapping and empty spans on several tracks, every kind of value, hostile names.
struct RandomTimeline {
    /// What the format at hand can hold.
    struct Shape {
        var earliest = 0
        var hasCounters = true
        var hasIdleTracks = true
        var hasProcessAttributes = true
        var hasUniqueNames = true
    }

    private static let names = [
        "conv1", "", "a;b", "line\nbreak", "\"quoted\\\"", "é漢字🙂", "\u{0}\u{1}\u{1F}\u{7F}", "assay.other", "x,y", "0",
    ]
    private var generator: SplitMix64
    private let shape: Shape

    /// The timeline of a seed, in fixed order.
    static func make(seed: UInt64, _ shape: Shape = Shape()) -> Timeline {
        var random = RandomTimeline(generator: SplitMix64(seed: seed), shape: shape)
        return random.timeline().ordered()
    }

    private mutating func timeline() -> Timeline {
        var timeline = Timeline()
        for process in 0..<generator.integer(in: 1...3) {
            let attributes = shape.hasProcessAttributes ? arguments(depth: 1) : []
            timeline.processes.append(
                Timeline.Process(Int64(process * 7 + 1), name: name(), attributes: attributes))
            for thread in 0..<generator.integer(in: 1...3) {
                let identifier = Timeline.TrackID(process: Int64(process * 7 + 1), thread: Int64(thread * 1000 - 3))
                timeline.tracks.append(Timeline.Track(identifier, name: name()))
                let least = shape.hasIdleTracks ? 0 : 1
                for _ in 0..<generator.integer(in: least...12) { addSpan(on: identifier, to: &timeline) }
            }
            guard shape.hasCounters else { continue }
            for counter in 0..<generator.integer(in: 0...2) {
                timeline.counters.append(self.counter(counter, process: Int64(process * 7 + 1)))
            }
        }
        timeline.spans.shuffle(using: &generator)
        return timeline
    }

    private mutating func addSpan(on track: Timeline.TrackID, to timeline: inout Timeline) {
        var identifier = generator.next()
        while identifier == 0 || timeline.spans.contains(where: { $0.id == identifier }) {
            identifier = generator.next()
        }
        let start = time()
        let longest = [0, 1, 1000, 1_000_000, 40_000_000_000]
        let duration = generator.integer(in: 0...generator.element(of: longest))
        let level = generator.integer(in: 0...2) == 0 ? nil : generator.element(of: Timeline.Level.allCases)
        let parent = generator.integer(in: 0...1) == 0 ? nil : timeline.spans.last?.id
        timeline.spans.append(
            Timeline.Span(
                identifier, parent: parent, name: name(), category: generator.integer(in: 0...1) == 0 ? nil : name(),
                level: level, kind: generator.element(of: Timeline.Kind.allCases), track: track, start: start,
                duration: Int64(duration), arguments: arguments(depth: 2)))
    }

    /// Times near zero, and times of the Unix epoch, whose microseconds with decimals fit no double.
    private mutating func time() -> Int64 {
        switch generator.integer(in: 0...2) {
        case 0: Int64(generator.integer(in: max(shape.earliest, -5000)...5000))
        case 1: Int64(generator.integer(in: 1_790_000_000_000_000_000...1_790_000_000_000_009_999))
        default: Int64(generator.integer(in: shape.earliest...1_000_000_000_000))
        }
    }

    private mutating func counter(_ number: Int, process: Int64) -> Timeline.Counter {
        var counter = Timeline.Counter(
            "counter \(number) \(name())", unit: generator.integer(in: 0...1) == 0 ? "" : "J", process: process)
        for _ in 0..<generator.integer(in: 1...5) {
            counter.samples.append(Timeline.Counter.Sample(time: time(), value: double(of: generator.next())))
        }
        return counter
    }

    private mutating func name() -> String { generator.element(of: Self.names) }

    private mutating func arguments(depth: Int) -> [Timeline.Argument] {
        (0..<generator.integer(in: 0...3)).map { index in
            Timeline.Argument(name() + (shape.hasUniqueNames ? " \(index)" : ""), value(depth: depth))
        }
    }

    private mutating func value(depth: Int) -> Timeline.Value {
        switch generator.integer(in: 0...(depth > 0 ? 6 : 4)) {
        case 0: .empty
        case 1: .bool(generator.integer(in: 0...1) == 1)
        case 2: .integer(generator.element(of: [0, 1, -1, .max, .min, 9_007_199_254_740_993]))
        case 3: .number(double(of: generator.next()))
        case 4: .string(name())
        case 5: .array((0..<generator.integer(in: 0...3)).map { _ in value(depth: depth - 1) })
        default: .object(arguments(depth: depth - 1))
        }
    }

    /// A finite double of any size: whole numbers, and random bits.
    private func double(of bits: UInt64) -> Double {
        let value = Double(bitPattern: bits)
        return value.isFinite && bits % 3 > 0 ? value : Double(bits % 1000)
    }
}

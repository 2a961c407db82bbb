import TestKit
import Testing
import Timelines
import Wire

@Suite("Perfetto traces")
struct PerfettoTraceTests {
    private typealias Message = WireWriter<[UInt8]>

    private func bytes(_ message: Message) -> [UInt8] {
        message.segments.flatMap { segment in
            switch segment {
            case .bytes(let slice): Array(slice)
            case .payload(let payload): payload
            }
        }
    }

    private func code(_ bytes: [UInt8], limits: TimelineLimits = TimelineLimits()) -> TimelineError.Code? {
        do throws(TimelineError) {
            _ = try PerfettoTrace.read(bytes, limits: limits)
            return nil
        } catch { return error.code }
    }

    @Test("Random timelines come back exactly", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        let timeline = RandomTimeline.make(
            seed: seed, .init(hasProcessAttributes: false, hasUniqueNames: false))
        let again = try PerfettoTrace.read(try PerfettoTrace.write(timeline))
        #expect(again.ordered() == timeline, "seed \(seed)")
    }

    @Test("The small timeline as a file")
    func golden() throws {
        let bytes = try PerfettoTrace.write(SampleTimeline.timeline)
        try expectGolden(Hex.text(bytes), "small.perfetto.hex")
        var expected = SampleTimeline.timeline.ordered()
        expected.processes[0].attributes = []
        #expect(try PerfettoTrace.read(bytes).ordered() == expected)
    }

    @Test("Spans that overlap without nesting lie on tracks of their own below the thread")
    func lanes() throws {
        let track = Timeline.TrackID(process: 1, thread: 2)
        var timeline = Timeline(processes: [.init(1)], tracks: [.init(track, name: "t")])
        timeline.spans = [
            .init(1, name: "a", track: track, start: 0, duration: 10),
            .init(2, name: "b", track: track, start: 5, duration: 10),
            .init(3, name: "c", track: track, start: 6, duration: 2),
            .init(4, name: "d", track: track, start: 10, duration: 10),
        ]
        let bytes = try PerfettoTrace.write(timeline)
        #expect(try PerfettoTrace.read(bytes).ordered() == timeline.ordered())
        (timeline.spans[1].start, timeline.spans[1].duration) = (1, 2)
        let nested = try PerfettoTrace.write(timeline)
        #expect(nested.count < bytes.count, "a track more for the span that overlaps")
    }

    @Test("Defaults, inline and interned names, any order of packets, and both forms of nested annotations")
    func foreign() throws {
        var trace = Message()
        trace.message(1) { packet in
            packet.varint(10, 9)
            packet.varint(13, 1)
            packet.message(12) { interned in
                interned.message(1) {
                    $0.varint(1, 5); $0.string(2, "category")
                }
                interned.message(2) {
                    $0.varint(1, 6); $0.string(2, "interned")
                }
                interned.message(3) {
                    $0.varint(1, 7); $0.string(2, "argument")
                }
                interned.message(29) {
                    $0.varint(1, 8); $0.string(2, "text")
                }
            }
            packet.message(59) { $0.message(11) { $0.varint(11, 77) } }
            packet.message(60) { descriptor in
                descriptor.varint(1, 77)
                descriptor.string(2, "queue")
                descriptor.varint(5, 70)
            }
        }
        trace.message(1) { packet in
            packet.varint(8, 300)
            packet.varint(10, 9)
            packet.message(11) { $0.varint(9, 2) }
        }
        trace.message(1) { packet in
            packet.varint(8, 100)
            packet.varint(10, 9)
            packet.message(11) { event in
                event.varint(9, 1)
                event.packed(3, [5])
                event.string(22, "inline")
                event.varint(10, 6)
                event.message(4) {
                    $0.varint(1, 7); $0.varint(17, 8)
                }
                event.message(4) { annotation in
                    annotation.string(10, "map")
                    annotation.message(11) {
                        $0.string(10, "k"); $0.varint(3, .max)
                    }
                }
                event.message(4) { annotation in
                    annotation.string(10, "list")
                    annotation.message(12) { $0.integer(4, -3) }
                }
            }
        }
        trace.message(1) { packet in
            packet.message(60) { descriptor in
                descriptor.varint(1, 70)
                descriptor.message(3) {
                    $0.varint(1, 12); $0.string(6, "process")
                }
            }
        }
        let timeline = try PerfettoTrace.read(bytes(trace))
        let span = try #require(timeline.spans.first)
        #expect(span.name == "interned")
        #expect(span.category == "category,inline")
        #expect((span.start, span.duration) == (100, 200))
        #expect(
            span.arguments == [
                Timeline.Argument("argument", "text"),
                Timeline.Argument("map", .object([Timeline.Argument("k", .number(Double(UInt64.max)))])),
                Timeline.Argument("list", .array([-3])),
            ])
        #expect(timeline.tracks == [Timeline.Track(.init(process: 12, thread: -78), name: "queue")])
        #expect(timeline.processes == [Timeline.Process(12, name: "process")])
    }

    @Test("What is not read here is refused, not misread")
    func refused() {
        var compressed = Message()
        compressed.message(1) { $0.string(50, "") }
        #expect(code(bytes(compressed)) == .unsupported)
        var clock = Message()
        clock.message(1) { packet in
            packet.varint(58, 64)
            packet.message(11) { $0.varint(9, 1) }
        }
        #expect(code(bytes(clock)) == .unsupported)
        var incremental = Message()
        incremental.message(1) { packet in
            packet.message(60) { descriptor in
                descriptor.varint(1, 3)
                descriptor.message(8) { $0.varint(5, 1) }
            }
        }
        incremental.message(1) { packet in
            packet.message(11) {
                $0.varint(9, 4); $0.varint(11, 3); $0.varint(30, 3)
            }
        }
        #expect(code(bytes(incremental)) == .unsupported)
        var late = Message()
        late.message(1) { $0.varint(8, 1 << 63) }
        #expect(code(bytes(late)) == .outOfRange)
        #expect(code([0x0A, 5]) == .malformed)
        #expect(code(bytes(clock) + bytes(clock), limits: TimelineLimits(maximumEvents: 0)) == .limitExceeded)
    }

    @Test("Annotations nested deeper than allowed are refused")
    func depth() {
        var annotation = Message()
        for _ in 0..<200 {
            var outer = Message()
            outer.message(11, annotation)
            annotation = outer
        }
        var trace = Message()
        trace.message(1) { $0.message(11) { $0.message(4, annotation) } }
        #expect(code(bytes(trace)) == .limitExceeded)
        #expect(code(bytes(trace), limits: TimelineLimits(maximumDepth: 200)) == nil)
    }

    @Test("Times below zero and processes beyond 32 bits are refused")
    func unwritable() {
        var early = SampleTimeline.timeline
        early.spans[0].start = -1
        #expect(throws: TimelineError.self) { try PerfettoTrace.write(early) }
        var large = Timeline(processes: [.init(1 << 31)])
        #expect(throws: TimelineError.self) { try PerfettoTrace.write(large) }
        large.processes[0].id = 1 << 31 - 1
        #expect(throws: Never.self) { try PerfettoTrace.write(large) }
    }
}

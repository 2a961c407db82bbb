import Testing
import Timelines

@Suite("Files of timelines")
struct TimelineFileTests {
    private static let id = OTLPTraceID(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)

    @Test("the ending of a name tells the format; the longest counts")
    func endings() {
        let expected: [(String, TimelineFormat?)] = [
            ("a.json", .chrome), ("A.JSON", .chrome), ("a.otlp.json", .otlpJSON), ("a.perfetto", .perfetto),
            ("a.pftrace", .perfetto), ("a.otlp", .otlp), ("a.folded", .folded), ("a.onnx", nil), ("", nil),
        ]
        for (name, format) in expected { #expect(TimelineFormat(fileName: name) == format, "\(name)") }
    }

    @Test(
        "what is written in a format is found to be of it, whatever the file is called",
        arguments: TimelineFormat.allCases)
    func detection(format: TimelineFormat) throws {
        let file = TimelineFile(SampleTimeline.timeline, id: try #require(Self.id))
        let bytes = try file.write(as: format)
        #expect(TimelineFormat(of: bytes) == format)
        #expect(TimelineFormat(of: bytes, fileName: "trace" + format.endings[0]) == format)
    }

    @Test("every format comes back with its names, times and parents", arguments: TimelineFormat.allCases)
    func roundTrips(format: TimelineFormat) throws {
        let id = try #require(Self.id)
        let bytes = try TimelineFile(SampleTimeline.timeline, id: id).write(as: format)
        let read = try TimelineFile(bytes, subject: "trace", id: id).timeline
        let names = Dictionary(uniqueKeysWithValues: read.spans.map { ($0.id, $0.name) })
        let found = Set(read.spans.map { "\($0.name) \($0.duration) in \($0.parent.flatMap { names[$0] } ?? "-")" })
        if format == .folded {
            // Stacks keep times without children on the same thread, and leave out what took none; the work of another
            // thread is added to what launched it.
            #expect(found.contains("gemm 2000 in conv1") && found.contains("conv1 3501 in run"), "\(found)")
            return
        }
        #expect(
            found == [
                "request 5000 in -", "run 4000 in request", "conv1 1501 in run", "relu1 0 in run", "gemm 2000 in conv1",
            ])
        #expect(Set(read.spans.map(\.level)) == [.application, .model, .layer, .hardware])
        if format == .otlp || format == .otlpJSON {
            let traces = try TimelineFile(bytes, subject: "trace", id: id).collected
            #expect(traces.map(\.id) == [id])
            // Written again, a collector's own numbers stay.
            #expect(try TimelineFile(traces).write(as: format) == bytes)
        }
    }

    @Test("numbers for collectors differ, are not zero, and keep the parents")
    func numbers() throws {
        let id = try #require(Self.id)
        let trace = OTLPTrace(numbering: SampleTimeline.timeline, as: id)
        let spans = trace.timeline.spans
        #expect(Set(spans.map(\.id)).count == spans.count && !spans.contains { $0.id < 1000 })
        let old = SampleTimeline.timeline.spans
        for (before, after) in zip(old, spans) {
            let parent = old.firstIndex { $0.id == before.parent }
            #expect(after.parent == parent.map { spans[$0].id })
        }
        let other = OTLPTrace(numbering: SampleTimeline.timeline, as: try #require(OTLPTraceID(high: 1, low: 2)))
        #expect(Set(other.timeline.spans.map(\.id)).isDisjoint(with: spans.map(\.id)))
    }

    @Test("timelines join without losing a span; clashing processes and spans get other numbers")
    func joining() {
        var second = SampleTimeline.timeline
        second.processes[0].name = "another"
        let joined = Timeline(joining: [SampleTimeline.timeline, second, SampleTimeline.timeline])
        #expect(joined.problems().isEmpty, "\(joined.problems())")
        #expect(joined.spans.count == 15 && joined.processes.map(\.name) == ["assay-worker", "another"])
        #expect(joined.counters.map(\.process) == [42, -1, 42])
        #expect(Timeline(joining: [SampleTimeline.timeline]) == SampleTimeline.timeline)
    }

    @Test("folded stacks are laid out one after the other")
    func folded() throws {
        let timeline = try FoldedStacks.read("a;b 10\na 5\na;b;c 2\r\n\nd 1\n")
        let spans = timeline.spans.map { "\($0.name) \($0.start) \($0.duration)" }
        #expect(spans == ["a 0 17", "b 0 12", "c 0 2", "d 17 1"])
        #expect(timeline.problems().isEmpty)
        // The places are made up, and every span says so.
        #expect(timeline.spans.filter(\.isPlacedInOrder).count == 4)
        #expect(try FoldedStacks(timeline).text == "a 5\na;b 10\na;b;c 2\nd 1\n")
    }

    @Test("lines that are no stacks are refused by number", arguments: ["a", "a b", "a;b -1", " 5", "a 1\nx"])
    func malformedStacks(text: String) {
        let error = #expect(throws: TimelineError.self) { try FoldedStacks.read(text, subject: "s") }
        #expect(error?.subject == (text.contains("\n") ? "s, line 2" : "s, line 1"))
    }

    @Test("files of no format are refused", arguments: [[], [0], [0x0a, 0xff, 0xff], [0x20, 0x0a]] as [[UInt8]])
    func noFormat(bytes: [UInt8]) throws {
        let id = try #require(Self.id)
        let error = #expect(throws: TimelineError.self) { try TimelineFile(bytes, subject: "x", id: id) }
        #expect(error?.code == .malformed)
    }

    @Test("a collector's answer tells what it did not take")
    func answers() throws {
        #expect(try OTLPAnswer(protobuf: []) == OTLPAnswer())
        // partial_success (1) with rejected_spans (1) = 3 and error_message (2) = "no".
        #expect(
            try OTLPAnswer(protobuf: [0x0a, 6, 0x08, 3, 0x12, 2, 0x6e, 0x6f])
                == OTLPAnswer(rejectedSpans: 3, message: "no"))
        #expect(throws: TimelineError.self) { try OTLPAnswer(protobuf: [0x0a, 9, 0x08]) }
    }
}

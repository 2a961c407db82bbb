import Records
import Studies
import Testing
import Timelines

/// What is drawn of a trace of any program.
@Suite("Report of a timeline", .timeLimit(.minutes(2)))
struct TimelineReportTests {
    private func timeline(_ spans: [Timeline.Span]) -> Timeline {
        Timeline(
            processes: [Timeline.Process(1, name: "p")],
            tracks: [Timeline.Track(Timeline.TrackID(process: 1, thread: 1))], spans: spans)
    }

    private func span(_ id: UInt64, _ start: Int64, _ duration: Int64) -> Timeline.Span {
        Timeline.Span(
            id, name: "s\(id)", track: Timeline.TrackID(process: 1, thread: 1), start: start, duration: duration)
    }

    @Test("nanoseconds of the epoch, which a double rounds to 256, are drawn to the nanosecond")
    func nanoseconds() throws {
        let epoch: Int64 = 1_763_760_000_000_000_001
        let report = try TimelineReport(timeline([span(1, epoch, 10), span(2, epoch + 13, 7)]), title: "t")
        guard case .timeline(let chart) = report.exhibits.first(where: { $0.name == "timeline" })?.content else {
            Issue.record("there is no timeline")
            return
        }
        #expect(chart.lanes.flatMap(\.spans).map(\.start) == [0, 13])
        #expect(report.summary.hasSuffix("20.0 ns from first to last"), "\(report.summary)")
    }

    @Test("times at both ends of 64 bits are drawn, and none overflows")
    func extremes() throws {
        let report = try TimelineReport(timeline([span(1, .min, 1), span(2, .max - 1, 1)]), title: "t")
        #expect(report.exhibits.contains { $0.name == "timeline" })
    }

    @Test("twenty thousand names are read and folded in time that grows with their number")
    func manyNames() throws {
        let text = "main;big 980000\n" + (0..<20_000).map { "main;f\($0) 1\n" }.joined()
        let report = try TimelineReport(try FoldedStacks.read(text), title: "t")
        guard case .flame(let graph) = report.exhibits.first(where: { $0.name == "flame" })?.content else {
            Issue.record("there is no flame graph")
            return
        }
        // What no drawing shows is left out; widths stay those of the whole.
        #expect(graph.frames.map(\.name) == ["main", "big"])
        #expect(graph.frames.map(\.value) == [1_000_000, 980_000])
    }
}

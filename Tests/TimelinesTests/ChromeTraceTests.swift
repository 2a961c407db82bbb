import TestKit
import Testing
import Timelines

@Suite("Chrome trace events")
struct ChromeTraceTests {
    private func read(_ text: String) throws -> Timeline { try ChromeTrace.read(Array(text.utf8)) }

    private func code(_ text: String, limits: TimelineLimits = TimelineLimits()) -> TimelineError.Code? {
        do throws(TimelineError) {
            _ = try ChromeTrace.read(Array(text.utf8), limits: limits)
            return nil
        } catch { return error.code }
    }

    @Test("Random timelines come back exactly, in both forms", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        let timeline = RandomTimeline.make(seed: seed, .init(earliest: -5000))
        for form in [ChromeTrace.Form.object, .array] {
            let again = try ChromeTrace.read(try ChromeTrace.write(timeline, form: form))
            #expect(again.ordered() == timeline, "seed \(seed)")
        }
    }

    @Test("The small timeline as a file")
    func golden() throws {
        let text = String(decoding: try ChromeTrace.write(SampleTimeline.timeline), as: UTF8.self)
        try expectGolden(text, "small.trace.json")
        #expect(try read(text).ordered() == SampleTimeline.timeline.ordered())
    }

    @Test("Begins and ends are paired thread by thread in the order of their times")
    func beginsAndEnds() throws {
        let timeline = try read(
            """
            [{"ph":"E","ts":40,"pid":1,"tid":1,"args":{"b":2,"c":3}},
             {"ph":"B","ts":10,"pid":1,"tid":1,"name":"outer","cat":"x,y","args":{"a":1,"b":1}},
             {"ph":"B","ts":10.5,"pid":1,"tid":2,"name":"other"}, {"ph":"E","ts":12.25,"pid":1,"tid":2},
             {"ph":"B","ts":20,"pid":1,"tid":1,"name":"inner"}, {"ph":"E","ts":30,"pid":1,"tid":1},
             {"ph":"E","ts":5,"pid":1,"tid":1}, {"ph":"B","ts":35,"pid":1,"tid":2,"name":"open"},
             {"ph":"i","ts":50,"pid":1,"tid":1,"name":"instant"}
            """)
        let spans = timeline.ordered().spans
        #expect(spans.map(\.name) == ["outer", "inner", "other", "open"])
        #expect(spans.map(\.start) == [10_000, 20_000, 10_500, 35_000])
        #expect(spans.map(\.duration) == [30_000, 10_000, 1750, 5000])
        #expect(
            spans[0].arguments == [
                Timeline.Argument("a", 1), Timeline.Argument("b", 2), Timeline.Argument("c", 3),
            ])
        #expect(spans[0].category == "x,y")
        #expect(spans[3].arguments == [Timeline.Argument("unfinished", true)])
        #expect(Set(spans.map(\.id)).count == 4)
    }

    @Test("Names, processes that are texts, and counters of several series")
    func metadata() throws {
        let timeline = try read(
            """
            {"otherData":{"version":"1"},"traceEvents":[
            {"ph":"M","name":"process_name","pid":3,"args":{"name":"engine"}},
            {"ph":"M","name":"thread_name","pid":3,"tid":4,"args":{"name":"pool"}},
            {"ph":"X","name":"a","pid":"Spans","tid":"Profiler (0)","ts":1,"dur":2},
            {"ph":"C","name":"memory","pid":3,"ts":2,"args":{"used":7,"free":0.5}},
            {"ph":"C","name":"memory","pid":3,"ts":1,"args":{"used":6}},],"displayTimeUnit":"ms"}
            """)
        #expect(timeline.processes.map(\.name) == ["Spans", "engine"])
        #expect(timeline.tracks.map(\.name) == ["Profiler (0)", "pool"])
        #expect(timeline.spans.map(\.track) == [timeline.tracks[0].id])
        #expect(timeline.counters.map(\.unit) == ["free", "used"])
        #expect(timeline.counters[1].samples == [.init(time: 1000, value: 6), .init(time: 2000, value: 7)])
        #expect(timeline.problems() == [])
    }

    @Test(
        "Microseconds of any notation are exact to the nanosecond",
        arguments: [
            ("0", 0), ("-0.0", 0), ("1.5", 1500), ("1790000000123456.789", 1_790_000_000_123_456_789),
            ("9223372036854775.807", .max), ("-9223372036854775.808", .min), ("0.0004", 0), ("0.0005", 1),
            ("-0.0005", -1), ("12e-1", 1200), ("1.2345E+3", 1_234_500), ("1e-9999", 0), ("0.9999", 1000),
        ] as [(String, Int64)])
    func microseconds(text: String, expected: Int64) throws {
        let timeline = try read("[{\"ph\":\"X\",\"name\":\"n\",\"ts\":\(text),\"dur\":0,\"pid\":1,\"tid\":1}]")
        #expect(timeline.spans.map(\.start) == [expected])
    }

    @Test(
        "What is malformed is refused by name",
        arguments: [
            ("", .malformed), ("null", .malformed), ("{}", .malformed), ("{\"traceEvents\":[}", .malformed),
            ("[{\"ph\":\"X\"}]", .malformed), ("[{}]", .malformed), ("[1]", .malformed), ("[] x", .malformed),
            ("[{\"ph\":\"X\",\"ts\":9223372036854775.808}]", .outOfRange),
            ("[{\"ph\":\"X\",\"ts\":1e30}]", .outOfRange), ("[{\"ph\":\"X\",\"ts\":\"1\"}]", .malformed),
            ("[{\"ph\":\"X\",\"ts\":1,\"dur\":-1}]", .malformed),
            ("[{\"ph\":\"X\",\"ts\":9223372036854775,\"dur\":1}]", .outOfRange),
            ("[{\"ph\":\"X\",\"ts\":1,\"pid\":1.5}]", .malformed),
            ("[{\"ph\":\"X\",\"ts\":1,\"args\":{\"assay.span\":\"1\"}}]", .malformed),
            ("[{\"ph\":\"X\",\"ts\":1,\"args\":{\"assay.level\":\"deep\"}}]", .malformed),
            ("[{\"ph\":\"X\",\"ts\":1,\"args\":{\"a\":1e999}}]", .malformed),
            ("[{\"ph\":\"B\",\"ts\":-9e15},{\"ph\":\"E\",\"ts\":9e15}]", .outOfRange),
            ("[{\"ph\":\"X\",\"ts\":01}]", .malformed), ("[{\"ph\":\"\\ud800\"}]", .malformed),
        ] as [(String, TimelineError.Code)])
    func malformed(text: String, expected: TimelineError.Code) {
        #expect(code(text) == expected, "\(text)")
    }

    @Test("Limits on events and on depth hold")
    func limits() {
        let events = "[" + String(repeating: "{\"ph\":\"i\"},", count: 4) + "]"
        #expect(code(events, limits: TimelineLimits(maximumEvents: 4)) == nil)
        #expect(code(events, limits: TimelineLimits(maximumEvents: 3)) == .limitExceeded)
        #expect(code(String(repeating: "[", count: 100_000)) == .limitExceeded)
    }

    @Test("What the format cannot hold is refused")
    func unwritable() {
        func code(_ change: (inout Timeline) -> Void) -> TimelineError.Code? {
            var timeline = SampleTimeline.timeline
            change(&timeline)
            do throws(TimelineError) {
                _ = try ChromeTrace.write(timeline)
                return nil
            } catch { return error.code }
        }
        #expect(code { _ in } == nil)
        #expect(code { $0.spans[0].duration = -1 } == .negativeDuration)
        #expect(code { $0.spans[0].id = 2 } == .invalidIdentifier)
        #expect(code { $0.spans[0].id = 0 } == .invalidIdentifier)
        #expect(code { $0.spans[0].start = .max } == .outOfRange)
        #expect(code { $0.tracks.removeLast() } == .invalidTrack)
        #expect(code { $0.processes = [] } == .invalidTrack)
        #expect(code { $0.spans[0].arguments = [Timeline.Argument("assay.span", 1)] } == .invalidName)
        #expect(
            code { $0.spans[0].arguments = [Timeline.Argument("a", 1), Timeline.Argument("a", 2)] } == .invalidName)
    }
}

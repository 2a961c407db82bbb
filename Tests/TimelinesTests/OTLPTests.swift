import TestKit
import Testing
import Timelines
import Wire

@Suite("OpenTelemetry's protocol")
struct OTLPTests {
    private static let shape = RandomTimeline.Shape(hasCounters: false, hasIdleTracks: false, hasUniqueNames: false)

    private func read(_ text: String) throws -> [OTLPTrace] { try OTLP.read(json: Array(text.utf8)) }

    private func code(_ text: String) -> TimelineError.Code? {
        do throws(TimelineError) {
            _ = try OTLP.read(json: Array(text.utf8))
            return nil
        } catch { return error.code }
    }

    private func identifier(_ low: UInt64) throws -> OTLPTraceID { try #require(OTLPTraceID(high: 1, low: low)) }

    @Test("Random traces come back exactly, as protobuf and as JSON", arguments: 0..<150 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        let traces = [
            OTLPTrace(try identifier(seed), RandomTimeline.make(seed: seed, Self.shape)),
            OTLPTrace(try identifier(seed + 1000), RandomTimeline.make(seed: seed + 1000, Self.shape)),
        ]
        for again in [
            try OTLP.read(protobuf: try OTLP.protobuf(traces)), try OTLP.read(json: try OTLP.json(traces)),
        ] {
            #expect(again.map(\.id) == traces.map(\.id), "seed \(seed)")
            #expect(again.map { $0.timeline.ordered() } == traces.map(\.timeline), "seed \(seed)")
        }
    }

    @Test("The small timeline as files")
    func golden() throws {
        let traces = [OTLPTrace(try identifier(2), SampleTimeline.timeline)]
        try expectGolden(String(decoding: try OTLP.json(traces), as: UTF8.self) + "\n", "small.otlp.json")
        try expectGolden(Hex.text(try OTLP.protobuf(traces)), "small.otlp.hex")
    }

    @Test("A request of another writer: upper-case digits, numbers as numbers, unknown members, no threads")
    func foreign() throws {
        let traces = try read(
            """
            {"resourceSpans":[{"resource":{"attributes":[
              {"key":"service.name","value":{"stringValue":"shop"}},{"key":"host.cpus","value":{"intValue":4}}]},
             "schemaUrl":"x","scopeSpans":[{"scope":{"name":"library","version":"2"},"spans":[
              {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
               "parentSpanId":"EEE19B7EC3C1B173","name":"call","kind":3,"startTimeUnixNano":1544712660000000001,
               "endTimeUnixNano":"1544712661000000003","droppedEventsCount":0,"attributes":[
                {"key":"list","value":{"arrayValue":{"values":[{"doubleValue":1},{"boolValue":false},{}]}}},
                {"key":"map","value":{"kvlistValue":{"values":[{"key":"nan","value":{"doubleValue":"Infinity"}}]}}}],
               "status":{"code":2,"message":"late"}}]}]}]}
            """)
        #expect(traces.map(\.id.description) == ["5b8efff798038103d269b633813fc60c"])
        let timeline = try #require(traces.first?.timeline)
        #expect(
            timeline.processes == [
                Timeline.Process(-1, name: "shop", attributes: [Timeline.Argument("host.cpus", 4)])
            ])
        let span = try #require(timeline.spans.first)
        #expect(span.id == 0xEEE1_9B7E_C3C1_B174)
        #expect(span.parent == 0xEEE1_9B7E_C3C1_B173)
        #expect(span.kind == .client)
        #expect(span.category == "library")
        #expect((span.start, span.duration) == (1_544_712_660_000_000_001, 1_000_000_002))
        #expect(
            span.arguments == [
                Timeline.Argument("list", .array([.number(1), .bool(false), .empty])),
                Timeline.Argument("map", .object([Timeline.Argument("nan", .number(.infinity))])),
                Timeline.Argument("otel.status_code", "ERROR"), Timeline.Argument("otel.status_description", "late"),
            ])
    }

    @Test("Two resources that claim one process are two; equal resources are one")
    func resources() throws {
        func resource(_ host: String, _ span: Int) -> String {
            """
            {"resource":{"attributes":[{"key":"process.pid","value":{"intValue":"-9223372036854775808"}},
            {"key":"host.name","value":{"stringValue":"\(host)"}}]},"scopeSpans":[{"spans":[
            {"traceId":"00000000000000000000000000000001","spanId":"000000000000000\(span)","name":"n"}]}]}
            """
        }
        let traces = try read(
            "{\"resourceSpans\":[\(resource("a", 1)),\(resource("b", 2)),\(resource("a", 3)),\(resource("c", 4))]}")
        let timeline = try #require(traces.first?.timeline)
        #expect(timeline.processes.map(\.id) == [.min, -1, -2])
        #expect(timeline.spans.map(\.track.process) == [.min, -1, .min, -2])
        #expect(timeline.problems() == [])
    }

    @Test(
        "What is malformed is refused by name",
        arguments: [
            ("[]", .malformed), ("{\"resourceSpans\":{}}", .malformed), ("{} {}", .malformed),
            (OTLPTests.span("\"traceId\":\"00\""), .malformed),
            (OTLPTests.span("\"spanId\":\"0000000000000000\""), .malformed),
            (OTLPTests.span("\"parentSpanId\":\"xyz\""), .malformed),
            (OTLPTests.span("\"endTimeUnixNano\":\"-1\""), .outOfRange),
            (OTLPTests.span("\"endTimeUnixNano\":\"9223372036854775808\""), .outOfRange),
            (OTLPTests.span("\"startTimeUnixNano\":\"6\""), .negativeDuration),
            (OTLPTests.span("\"attributes\":[{\"key\":\"a\",\"value\":{\"intValue\":\"1.5\"}}]"), .malformed),
            (OTLPTests.span("\"attributes\":[{\"key\":\"a\",\"value\":3}]"), .malformed),
            (OTLPTests.span("\"attributes\":[{\"key\":\"assay.level\",\"value\":{\"intValue\":1}}]"), .malformed),
        ] as [(String, TimelineError.Code)])
    func malformed(text: String, expected: TimelineError.Code) {
        #expect(code(text) == expected, "\(text)")
    }

    @Test("The span that the malformed ones are made of is read")
    func wellFormed() { #expect(code(Self.span("\"flags\":256")) == nil) }

    /// A request of one span with a member more, which replaces one of the same name.
    fileprivate static func span(_ member: String) -> String {
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000001",
        "spanId":"0000000000000001","startTimeUnixNano":"4","endTimeUnixNano":"5",\(member)}]}]}]}
        """
    }

    @Test("Bytes become base64, and identifiers of a wrong length are refused")
    func protobuf() throws {
        func request(trace: Int, span: Int) -> [UInt8] {
            var message = WireWriter<[UInt8]>()
            message.message(1) { resource in
                resource.message(2) { scope in
                    scope.message(2) { inner in
                        inner.payload(1, [UInt8](repeating: 1, count: trace), count: trace)
                        inner.payload(2, [UInt8](repeating: 2, count: span), count: span)
                        inner.message(9) { attribute in
                            attribute.string(1, "data")
                            attribute.message(2) { $0.payload(7, [1, 2, 3, 255], count: 4) }
                        }
                    }
                }
            }
            return message.segments.flatMap { segment in
                switch segment {
                case .bytes(let slice): Array(slice)
                case .payload(let payload): payload
                }
            }
        }
        let traces = try OTLP.read(protobuf: request(trace: 16, span: 8))
        #expect(traces.first?.timeline.spans.first?.arguments == [Timeline.Argument("data", "AQID/w==")])
        #expect(throws: TimelineError.self) { try OTLP.read(protobuf: request(trace: 15, span: 8)) }
        #expect(throws: TimelineError.self) { try OTLP.read(protobuf: request(trace: 16, span: 7)) }
    }

    @Test("Times before 1970 and names that the mapping needs are refused")
    func unwritable() throws {
        let trace = try identifier(1)
        func code(_ change: (inout Timeline) -> Void) -> TimelineError.Code? {
            var timeline = SampleTimeline.timeline
            change(&timeline)
            do throws(TimelineError) {
                _ = try OTLP.protobuf([OTLPTrace(trace, timeline)])
                return nil
            } catch { return error.code }
        }
        #expect(code { _ in } == nil)
        #expect(code { $0.spans[0].start = -1 } == .outOfRange)
        #expect(code { $0.spans[0].arguments = [Timeline.Argument("thread.id", 1)] } == .invalidName)
        #expect(code { $0.processes[0].attributes = [Timeline.Argument("service.name", "x")] } == .invalidName)
    }

    @Test("An identifier of zero, or of another length, identifies no trace")
    func identifiers() {
        #expect(OTLPTraceID(high: 0, low: 0) == nil)
        #expect(OTLPTraceID("0000000000000000000000000000000g") == nil)
        #expect(OTLPTraceID("00000000000000000000000000000000") == nil)
        #expect(OTLPTraceID("1") == nil)
        #expect(OTLPTraceID("0000000000000001000000000000000A")?.low == 10)
    }
}

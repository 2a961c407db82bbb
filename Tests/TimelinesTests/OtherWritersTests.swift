import Foundation
import TestKit
import Testing
import Timelines

/// Traces that the protobuf classes of Perfetto (0.59.1) and OpenTelemetry (1.45.2) wrote: Scripts/make-trace-fixtures.py.
@Suite("Traces of other writers")
struct OtherWritersTests {
    private func bytes(_ name: String) throws -> [UInt8] {
        let text = try String(contentsOf: testFolder("Goldens").appendingPathComponent(name), encoding: .utf8)
        return try #require(Hex.bytes(text))
    }

    @Test("A trace of perfetto_trace_pb2")
    func perfetto() throws {
        let track = Timeline.TrackID(process: 42, thread: 7)
        let expected = Timeline(
            processes: [Timeline.Process(42, name: "engine")], tracks: [Timeline.Track(track, name: "main")],
            spans: [
                Timeline.Span(
                    1, name: "conv1", category: "Conv", track: track, start: 1000, duration: 1500,
                    arguments: [
                        Timeline.Argument("engine", "native"), Timeline.Argument("count", -5),
                        Timeline.Argument("share", 0.25),
                        Timeline.Argument("map", .object([Timeline.Argument("key", true)])),
                        Timeline.Argument("list", .array([7])),
                    ]),
                Timeline.Span(2, name: "gemm", category: "kernel", track: track, start: 1200, duration: 500),
            ],
            counters: [
                Timeline.Counter(
                    "memory", unit: "bytes", process: 42,
                    samples: [.init(time: 1000, value: 2048), .init(time: 2000, value: 3072)])
            ])
        #expect(try PerfettoTrace.read(try bytes("foreign.perfetto.hex")).ordered() == expected)
    }

    @Test("A request of opentelemetry-proto")
    func openTelemetry() throws {
        let track = Timeline.TrackID(process: 42, thread: 7)
        let expected = Timeline(
            processes: [Timeline.Process(42, name: "engine", attributes: [Timeline.Argument("host.name", "bench")])],
            tracks: [Timeline.Track(track, name: "main")],
            spans: [
                Timeline.Span(
                    0x0809_0A0B_0C0D_0E0F, parent: 0x0102_0304_0506_0708, name: "run", category: "library",
                    kind: .client, track: track, start: SampleTimeline.origin, duration: 1501,
                    arguments: [
                        Timeline.Argument("share", 0.25), Timeline.Argument("warm", true),
                        Timeline.Argument("data", "AQID"), Timeline.Argument("list", .array([-5, .empty])),
                        Timeline.Argument("map", .object([Timeline.Argument("key", "value")])),
                        Timeline.Argument("otel.status_code", "ERROR"),
                        Timeline.Argument("otel.status_description", "late"),
                    ])
            ])
        let traces = try OTLP.read(protobuf: try bytes("foreign.otlp.hex"))
        #expect(traces == [OTLPTrace(try #require(OTLPTraceID("000102030405060708090a0b0c0d0e0f")), expected)])
    }
}

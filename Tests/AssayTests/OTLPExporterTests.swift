import Assay
import Foundation
import Testing
import Timelines

@Suite("Sending traces to a collector", .timeLimit(.minutes(5)))
struct OTLPExporterTests {
    private static func trace() throws -> OTLPTrace {
        let track = Timeline.TrackID(process: 1, thread: 1)
        let timeline = Timeline(
            processes: [.init(1, name: "p")], tracks: [.init(track)],
            spans: [.init(1, name: "run", level: .model, track: track, start: 1_700_000_000_000_000_000, duration: 5)])
        return OTLPTrace(try #require(OTLPTraceID(high: 7, low: 9)), timeline)
    }

    private func send(
        _ answers: [LocalCollector.Answer], form: OTLPExporter.Form = .protobuf, headers: [String: String] = [:],
        timeout: TimeInterval = 5
    ) async throws -> (message: String, requests: [LocalCollector.Request]) {
        let collector = try LocalCollector(answers)
        let exporter = try OTLPExporter(
            "http://127.0.0.1:\(collector.port)/v1/traces", form: form, headers: headers, timeout: timeout)
        let message = try await exporter.send([try Self.trace()])
        return (message, collector.requests)
    }

    private func failure(
        _ answers: [LocalCollector.Answer], timeout: TimeInterval = 5
    ) async throws -> ExportError? {
        await #expect(throws: ExportError.self) { _ = try await send(answers, timeout: timeout) }
    }

    @Test("what arrives is the request, in either form", arguments: OTLPExporter.Form.allCases)
    func arrives(form: OTLPExporter.Form) async throws {
        let (message, requests) = try await send([.init()], form: form, headers: ["x-key": "secret"])
        let request = try #require(requests.first)
        #expect(requests.count == 1 && message.isEmpty)
        #expect(request.path == "/v1/traces" && request.headers["x-key"] == "secret")
        #expect(
            request.headers["content-type"] == (form == .protobuf ? "application/x-protobuf" : "application/json"))
        let read = form == .protobuf ? try OTLP.read(protobuf: request.body) : try OTLP.read(json: request.body)
        #expect(read == [try Self.trace()])
    }

    @Test("a collector that took everything may still have something to say")
    func message() async throws {
        let protobuf: [UInt8] = [0x0a, 4, 0x12, 2, 0x68, 0x69]
        let answer = LocalCollector.Answer(headers: ["Content-Type": "application/x-protobuf"], body: protobuf)
        #expect(try await send([answer]).message == "hi")
    }

    @Test("spans that were not taken are a failure, in either form of the answer")
    func partial() async throws {
        let protobuf: [UInt8] = [0x0a, 6, 0x08, 3, 0x12, 2, 0x6e, 0x6f]
        let json = #"{"partialSuccess":{"rejectedSpans":"3","errorMessage":"no"}}"#
        for (type, body) in [("application/x-protobuf", protobuf), ("application/json", Array(json.utf8))] {
            let error = try await failure([.init(headers: ["Content-Type": type], body: body)])
            #expect(error?.code == .partial && error?.reason.contains("3 of the spans: no") ?? false, "\(type)")
        }
    }

    @Test("an answer that cannot be read is a failure")
    func damagedAnswer() async throws {
        let answer = LocalCollector.Answer(headers: ["Content-Type": "application/x-protobuf"], body: [0x0a, 9, 8])
        #expect(try await failure([answer])?.code == .answer)
    }

    @Test("a refusal carries the status and the collector's words")
    func refused() async throws {
        let error = try await failure([.init(status: 404, body: Array("not here".utf8))])
        #expect(error?.code == .refused)
        #expect(error?.reason == "the collector answered with status 404: not here")
        #expect(error?.remedy.contains("/v1/traces") ?? false)
    }

    @Test("a collector that asks to be asked again is, a few times")
    func retries() async throws {
        let busy = LocalCollector.Answer(status: 503, headers: ["Retry-After": "0"])
        #expect(try await send([busy, busy, .init()]).requests.count == 3)
        #expect(try await failure([busy, busy, busy, .init()])?.code == .refused)
    }

    @Test("an answer that does not come is a timeout")
    func timeout() async throws {
        let error = try await failure([.init(delay: 4)], timeout: 1)
        #expect(error?.code == .timeout, "\(String(describing: error))")
    }

    @Test("a port where nobody listens is unreachable")
    func unreachable() async throws {
        let exporter = try OTLPExporter("http://127.0.0.1:1/v1/traces", timeout: 5)
        let error = await #expect(throws: ExportError.self) { _ = try await exporter.send([try Self.trace()]) }
        #expect(error?.code == .unreachable)
    }

    @Test(
        "addresses that are none of HTTP are refused", arguments: ["", "localhost:4318", "ftp://x/y", "http://", "/v1"])
    func addresses(address: String) {
        let error = #expect(throws: ExportError.self) { try OTLPExporter(address) }
        #expect(error?.code == .address)
    }
}

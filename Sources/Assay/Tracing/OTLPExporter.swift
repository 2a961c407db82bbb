public import Foundation
import Records
public import Timelines

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends traces to a collector of OpenTelemetry's over HTTP (OTLP specification, "OTLP/HTTP").
public struct OTLPExporter: Sendable {
    /// How the request is written.
    public enum Form: String, Sendable, CaseIterable {
        /// `application/x-protobuf`.
        case protobuf
        /// `application/json`.
        case json
    }

    /// The address, with its path: `http://localhost:4318/v1/traces`.
    public let endpoint: URL
    private let form: Form
    private let headers: [String: String]
    private let timeout: TimeInterval
    private let attempts: Int

    /// Makes an exporter.
    ///
    /// - Parameters:
    ///   - headers: further headers, such as a key.
    ///   - timeout: how long an answer may take, in seconds.
    ///   - attempts: how often a request is sent that the collector asks to send again (429, 502, 503, 504).
    /// - Throws: `ExportError` of code `address`.
    public init(
        _ address: String, form: Form = .protobuf, headers: [String: String] = [:], timeout: TimeInterval = 10,
        attempts: Int = 3
    ) throws(ExportError) {
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), let host = url.host, !host.isEmpty,
            scheme == "http" || scheme == "https"
        else {
            throw ExportError(
                .address, subject: address, reason: "it is no address of HTTP",
                remedy: "write it as http://localhost:4318/v1/traces")
        }
        endpoint = url
        self.form = form
        self.headers = headers
        self.timeout = timeout
        self.attempts = max(1, attempts)
    }

    /// Sends traces in one request.
    ///
    /// - Returns: what the collector has to say although it took everything; empty where it has nothing.
    /// - Throws: `ExportError`, `TimelineError` when a trace cannot be written.
    public func send(_ traces: [OTLPTrace]) async throws -> String {
        var request = URLRequest(url: endpoint, timeoutInterval: timeout)
        request.httpMethod = "POST"
        request.httpBody = Data(try form == .protobuf ? OTLP.protobuf(traces) : OTLP.json(traces))
        request.setValue(
            form == .protobuf ? "application/x-protobuf" : "application/json", forHTTPHeaderField: "Content-Type")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = timeout
        configuration.timeoutIntervalForResource = timeout * 2
        let session = URLSession(configuration: configuration)
        defer { session.finishTasksAndInvalidate() }
        for attempt in 1... {
            let (data, response) = try await exchange(request, in: session)
            let isAskedAgain = [429, 502, 503, 504].contains(response.statusCode)
            guard isAskedAgain, attempt < attempts else { return try judge(data, response) }
            let asked = response.value(forHTTPHeaderField: "Retry-After").flatMap(Double.init) ?? Double(attempt) * 0.5
            try await Task.sleep(for: .seconds(min(max(asked, 0), timeout)))
        }
        return ""
    }

    private func exchange(_ request: URLRequest, in session: URLSession) async throws -> (Data, HTTPURLResponse) {
        do {
            let (data, response) = try await session.data(for: request)
            guard let response = response as? HTTPURLResponse else {
                throw ExportError(.answer, subject: endpoint.absoluteString, reason: "the answer is none of HTTP")
            }
            return (data, response)
        } catch let error as URLError {
            throw failure(error)
        }
    }

    private func failure(_ error: URLError) -> ExportError {
        let subject = endpoint.absoluteString
        switch error.code {
        case .timedOut:
            return ExportError(
                .timeout, subject: subject, reason: "no answer came within \(Int(timeout)) s",
                remedy: "check that a collector runs there")
        case .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet, .networkConnectionLost:
            return ExportError(
                .unreachable, subject: subject, reason: "nobody answers there",
                remedy: "start the collector, or check host and port")
        default:
            return ExportError(
                .unreachable, subject: subject, reason: "the request failed (\(error.localizedDescription))",
                remedy: "check the address")
        }
    }

    private func judge(_ data: Data, _ response: HTTPURLResponse) throws -> String {
        let subject = endpoint.absoluteString
        guard (200..<300).contains(response.statusCode) else {
            let words = String(decoding: data.prefix(200), as: UTF8.self).filter { !$0.isNewline }
            let isText = !words.isEmpty && words.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0xFFFD }
            throw ExportError(
                .refused, subject: subject,
                reason: "the collector answered with status \(response.statusCode)" + (isText ? ": \(words)" : ""),
                remedy: response.statusCode == 404
                    ? "the path of traces is usually /v1/traces"
                    : response.statusCode == 415 ? "try the other form: --otlp-form json" : "")
        }
        let answer = try Self.answer(data, type: response.value(forHTTPHeaderField: "Content-Type") ?? "", subject)
        guard answer.rejectedSpans == 0 else {
            throw ExportError(
                .partial, subject: subject,
                reason: "the collector did not take \(answer.rejectedSpans) of the spans"
                    + (answer.message.isEmpty ? "" : ": \(answer.message)"))
        }
        return answer.message
    }

    /// Reads the answer by its type; one of another type than the two counts as "took everything", as many servers give.
    private static func answer(_ data: Data, type: String, _ subject: String) throws -> OTLPAnswer {
        if type.hasPrefix("application/x-protobuf") {
            do throws(TimelineError) { return try OTLPAnswer(protobuf: [UInt8](data)) } catch {
                throw ExportError(.answer, subject: subject, reason: "its answer cannot be read (\(error.reason))")
            }
        }
        guard type.hasPrefix("application/json"), let value = try? JSONCoding.parse(data),
            let partial = value["partialSuccess"]
        else { return OTLPAnswer() }
        // 64-bit numbers are texts in protobuf's JSON; servers write numbers too.
        let rejected = partial["rejectedSpans"]
        let count = rejected?.string.flatMap { Int64($0) } ?? rejected?.double.flatMap { Int64(exactly: $0) } ?? 0
        return OTLPAnswer(rejectedSpans: count, message: partial["errorMessage"]?.string ?? "")
    }
}

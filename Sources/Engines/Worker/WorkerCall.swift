import Foundation

/// One request and its answer, as an asynchronous call.
enum WorkerCall {
    /// Starts the connection and waits for the worker's first message.
    static func hello(
        _ connection: WorkerConnection, command: [String], limit: Duration
    ) async throws(WorkerError) -> IncomingMessage {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let call = PendingCall(label: "start", limit: limit) { continuation.resume(returning: $0) }
                connection.start(command, hello: call)
            }
        } onCancel: {
            connection.post(.kill(.cancelled))
        }
        return try result.get()
    }

    /// Sends a request and waits for its result.
    static func perform<Reply: Decodable>(
        _ connection: WorkerConnection, _ kind: MessageHeader.Kind, _ body: some Encodable, limit: Duration?,
        label: String, onEvent: @escaping @Sendable (IncomingMessage) -> Void = { _ in }
    ) async throws(WorkerError) -> Reply {
        let subject = "\(label) on \(connection.name)"
        guard !Task.isCancelled else { throw WorkerError(.cancelled, subject: subject, log: "") }
        let id = connection.nextRequest()
        let message: OutgoingMessage
        do {
            message = try OutgoingMessage(id: id, kind: kind, body: body, sharing: connection.token)
        } catch {
            throw WorkerError(
                .engine(EngineError(.invalidRequest, subject: label, reason: "it cannot be encoded: \(error)")),
                subject: subject, log: "")
        }
        let chunks = message.chunks
        let segmentPath = message.segmentPath
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let call = PendingCall(label: label, limit: limit, segmentPath: segmentPath, onEvent: onEvent) {
                    continuation.resume(returning: $0)
                }
                connection.post(.send(id: id, chunks: chunks, call: call))
                // The handler may have run before there was a request to cancel.
                if Task.isCancelled { connection.post(.cancel(id: id)) }
            }
        } onCancel: {
            connection.post(.cancel(id: id))
        }
        return try interpret(try result.get(), subject, connection)
    }

    private static func interpret<Reply: Decodable>(
        _ answer: IncomingMessage, _ subject: String, _ connection: WorkerConnection
    ) throws(WorkerError) -> Reply {
        guard answer.kind == .error else { return try body(of: answer, subject, connection) }
        let error: EngineError = try body(of: answer, subject, connection)
        if error.code == .cancelled { throw WorkerError(.cancelled, subject: subject, log: connection.log.text) }
        throw WorkerError(.engine(error), subject: subject, log: connection.log.text)
    }

    /// Decodes a body; a worker whose answers cannot be read is of no use and is killed.
    static func body<Body: Decodable>(
        of message: IncomingMessage, _ subject: String, _ connection: WorkerConnection
    ) throws(WorkerError) -> Body {
        do { return try message.body(Body.self) } catch {
            connection.post(.kill(.protocolViolation(error)))
            throw WorkerError(.protocolViolation(error), subject: subject, log: connection.log.text)
        }
    }
}

import Foundation
import Synchronization
import Tensors

/// A worker: it answers the requests of one client until its input ends.
public struct WorkerHost: Sendable {
    private let factories: [any EngineFactory]
    private let jobs: JobRegistry

    /// Makes a worker that can host one of these engines and run these jobs.
    public init(engines: [any EngineFactory], jobs: JobRegistry) {
        factories = engines
        self.jobs = jobs
    }

    /// Serves the client; ends the process when the client asks for it or is gone.
    public func serve(_ channel: WorkerChannel) -> Never {
        let service = WorkerService(channel: channel, factories: factories, jobs: jobs)
        channel.write([Bytes(copying: WorkerProtocol.magic)])
        service.send(
            0, .hello,
            WorkerHello(
                protocolVersion: WorkerProtocol.version, build: BuildHash.ofRunningExecutable(),
                process: Int(ProcessInfo.processInfo.processIdentifier)))
        var parser = MessageParser()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
        while true {
            let count = channel.read(into: buffer)
            // The client is gone: whatever the engine is doing now, nobody wants it.
            guard count > 0 else { service.end(status: 0) }
            do throws(ProtocolViolation) {
                for message in try parser.consume(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
                    service.handle(message)
                }
            } catch {
                service.refuse(0, EngineError(.invalidRequest, subject: "protocol", reason: error.description))
                service.end(status: 2)
            }
        }
    }
}

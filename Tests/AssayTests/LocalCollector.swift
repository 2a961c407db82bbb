import Foundation

/// A server of HTTP on this machine that gives prepared answers, one a request, and keeps what it was sent.
final class LocalCollector: @unchecked Sendable {
    /// What is answered to one request.
    struct Answer: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body: [UInt8] = []
        /// Seconds before the answer.
        var delay = 0.0
    }

    /// One request.
    struct Request: Sendable {
        var path = ""
        var headers: [String: String] = [:]
        var body: [UInt8] = []
    }

    /// Where it listens.
    let port: UInt16
    private let socketDescriptor: Int32
    private let lock = NSLock()
    private var answers: [Answer]
    private var received: [Request] = []

    var requests: [Request] { lock.withLock { received } }

    init(_ answers: [Answer]) throws {
        self.answers = answers
        #if os(Linux)
            socketDescriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socketDescriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var bound = address
        var boundLength = length
        let descriptor = socketDescriptor
        let isOpen = withUnsafeMutablePointer(to: &bound) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(descriptor, raw, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, raw, &boundLength) == 0
            }
        }
        guard isOpen else { throw CocoaError(.fileWriteUnknown) }
        port = UInt16(bigEndian: bound.sin_port)
        let thread = Thread { [self] in serve() }
        thread.start()
    }

    deinit { close(socketDescriptor) }

    private func serve() {
        while true {
            let connection = accept(socketDescriptor, nil, nil)
            guard connection >= 0 else { return }
            handle(connection)
            close(connection)
        }
    }

    private func handle(_ connection: Int32) {
        var bytes: [UInt8] = []
        var head: Range<Int>?
        var request = Request()
        var length = 0
        while true {
            if head == nil, let end = Self.endOfHead(bytes) {
                head = 0..<end
                let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
                request.path = lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? ""
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                    if parts.count == 2 { request.headers[parts[0].lowercased()] = parts[1] }
                }
                length = Int(request.headers["content-length"] ?? "") ?? 0
            }
            if let head, bytes.count >= head.upperBound + 4 + length { break }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            bytes += buffer[..<count]
        }
        request.body = Array(bytes[(head.map { $0.upperBound + 4 } ?? 0)...])
        let answer = lock.withLock {
            received.append(request)
            return answers.isEmpty ? Answer(status: 500) : answers.removeFirst()
        }
        if answer.delay > 0 { Thread.sleep(forTimeInterval: answer.delay) }
        var text = "HTTP/1.1 \(answer.status) X\r\nContent-Length: \(answer.body.count)\r\nConnection: close\r\n"
        for (name, value) in answer.headers { text += "\(name): \(value)\r\n" }
        let whole = Array((text + "\r\n").utf8) + answer.body
        #if os(Linux)
            _ = send(connection, whole, whole.count, Int32(MSG_NOSIGNAL))
        #else
            _ = send(connection, whole, whole.count, 0)
        #endif
    }

    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        let mark: [UInt8] = [13, 10, 13, 10]
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first { Array(bytes[$0..<($0 + 4)]) == mark }
    }
}

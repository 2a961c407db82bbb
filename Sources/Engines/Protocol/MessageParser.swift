import Foundation
import Tensors

/// Turns a stream of bytes, in whatever pieces it arrives, into messages.
package struct MessageParser: ~Copyable {
    private enum State {
        case header
        case control(length: Int)
        case data(length: Int)
    }

    private var state = State.header
    private var collected = GrowingBuffer()
    private var assembly: MessageAssembly?

    /// Waits for the first header.
    package init() {}

    /// Takes the next bytes and returns the messages that they complete.
    package mutating func consume(_ source: UnsafeRawBufferPointer) throws(ProtocolViolation) -> [IncomingMessage] {
        var messages: [IncomingMessage] = []
        var position = 0
        while position < source.count {
            let wanted = wantedCount - collected.count
            let taken = min(wanted, source.count - position)
            let slice = UnsafeRawBufferPointer(rebasing: source[position..<(position + taken)])
            guard collected.append(slice) else {
                throw ProtocolViolation("no memory for a frame of \(wantedCount) bytes")
            }
            position += taken
            // A frame may be empty, so one step can make the next one possible without another byte.
            while collected.count == wantedCount, let message = try advance() { messages.append(contentsOf: message) }
        }
        return messages
    }

    /// True between messages.
    package var isIdle: Bool {
        if case .header = state { collected.count == 0 && assembly == nil } else { false }
    }

    private var wantedCount: Int {
        switch state {
        case .header: FrameHeader.byteCount
        case .control(let length), .data(let length): length
        }
    }

    /// Handles one complete header or payload; `nil` when more bytes are needed first.
    private mutating func advance() throws(ProtocolViolation) -> [IncomingMessage]? {
        switch state {
        case .header:
            let header = try FrameHeader(parsing: collected.takeArray())
            try enter(header)
            return wantedCount == 0 ? [] : nil
        case .control:
            state = .header
            let control = Data(collected.takeArray())
            let assembly = try MessageAssembly(control: control)
            return try finish(assembly)
        case .data:
            state = .header
            guard var assembly else { throw ProtocolViolation("a data frame belongs to no message") }
            try assembly.append(collected.takeBytes())
            return try finish(assembly)
        }
    }

    private mutating func enter(_ header: FrameHeader) throws(ProtocolViolation) {
        switch header.kind {
        case .control:
            guard assembly == nil else {
                throw ProtocolViolation("a control frame stands where a tensor was due", offending: header.bytes)
            }
            state = .control(length: header.length)
        case .data:
            guard let assembly, assembly.nextInlineCount == header.length else {
                throw ProtocolViolation(
                    "a data frame of \(header.length) bytes stands where "
                        + (assembly?.nextInlineCount.map { "\($0) bytes were due" } ?? "none was due"),
                    offending: header.bytes)
            }
            state = .data(length: header.length)
        }
    }

    private mutating func finish(_ assembly: MessageAssembly) throws(ProtocolViolation) -> [IncomingMessage]? {
        if assembly.nextInlineCount == nil {
            self.assembly = nil
            return [try assembly.message()]
        }
        self.assembly = assembly
        return []
    }
}

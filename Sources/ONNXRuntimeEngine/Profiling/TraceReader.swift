import Tensors

/// Reads the events of nodes and runs from a profile of the library: one JSON object a line, names unescaped, so that a
/// strict reader would refuse what a model may be named.
struct TraceReader {
    private static let nodeSuffix = Array("_kernel_time".utf8)

    /// The events in the order in which they ended.
    static func events(_ bytes: Bytes) -> [TraceEvent] {
        bytes.withUnsafeBytes { buffer in
            var events: [TraceEvent] = []
            var start = 0
            while start < buffer.count {
                var end = start
                while end < buffer.count, buffer[end] != 10 { end += 1 }
                if let event = TraceLine(UnsafeRawBufferPointer(rebasing: buffer[start..<end])).event(nodeSuffix) {
                    events.append(event)
                }
                start = end + 1
            }
            return events
        }
    }
}

/// One line.
private struct TraceLine {
    private let bytes: UnsafeRawBufferPointer

    /// A time beyond this one's nanoseconds would not fit 64 bits.
    private static let mostMicroseconds = Int64.max / 1000

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    func event(_ nodeSuffix: [UInt8]) -> TraceEvent? {
        guard let category = text("\"cat\" : \"", from: 0, until: "\""),
            let name = text("\"name\" :\"", from: category.upperBound, until: "\",\"args\""),
            let start = number("\"ts\" :"), let duration = number("\"dur\" :"), let thread = number("\"tid\" :"),
            max(start, duration) < Self.mostMicroseconds
        else { return nil }
        if name.count > nodeSuffix.count, bytes[category].elementsEqual("Node".utf8),
            bytes[name].suffix(nodeSuffix.count).elementsEqual(nodeSuffix)
        {
            return TraceEvent(
                kind: .node, name: string(name.lowerBound..<(name.upperBound - nodeSuffix.count)),
                operatorType: argument("\"op_name\" : \"", after: name),
                provider: argument("\"provider\" : \"", after: name),
                start: start, duration: duration, thread: thread)
        }
        guard bytes[name].elementsEqual("model_run".utf8) else { return nil }
        return TraceEvent(
            kind: .run, name: "", operatorType: "", provider: "", start: start, duration: duration, thread: thread)
    }

    private func argument(_ key: StaticString, after name: Range<Int>) -> String {
        text(key, from: name.upperBound, until: "\"").map(string) ?? ""
    }

    /// Where the text lies that follows a key.
    private func text(_ key: StaticString, from: Int, until end: StaticString) -> Range<Int>? {
        guard let begin = find(key, from: from), let stop = find(end, from: begin + key.utf8CodeUnitCount) else {
            return nil
        }
        return (begin + key.utf8CodeUnitCount)..<stop
    }

    private func number(_ key: StaticString) -> Int64? {
        guard let begin = find(key, from: 0) else { return nil }
        var place = begin + key.utf8CodeUnitCount
        var value: Int64 = 0
        let first = place
        while place < bytes.count, (48...57).contains(bytes[place]) {
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            let (sum, carries) = scaled.addingReportingOverflow(Int64(bytes[place] - 48))
            guard !carries else { return nil }
            value = sum
            place += 1
        }
        return place > first ? value : nil
    }

    private func find(_ key: StaticString, from: Int) -> Int? {
        key.withUTF8Buffer { key in
            guard let first = key.first else { return nil }
            var place = from
            while place + key.count <= bytes.count {
                if bytes[place] == first,
                    UnsafeRawBufferPointer(rebasing: bytes[place..<(place + key.count)]).elementsEqual(key)
                {
                    return place
                }
                place += 1
            }
            return nil
        }
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

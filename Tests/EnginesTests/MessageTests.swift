import Engines
import Foundation
import Graphs
import Operators
import Tensors
import Testing

/// Messages as bytes: what the public page says, and what arrives damaged.
@Suite struct MessageTests {
    private struct Body: Codable, Equatable {
        var name: String
        var values: [AttachedTensor]
    }

    private func bytes(_ message: OutgoingMessage) -> [UInt8] { message.chunks.flatMap(\.array) }

    private func parse(_ bytes: [UInt8], pieces: Int = .max) throws -> [IncomingMessage] {
        var parser = MessageParser()
        var messages: [IncomingMessage] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Bytes(copying: rest.prefix(pieces))
            rest = rest.dropFirst(pieces)
            messages += try piece.withUnsafeBytes { bytes in try parser.consume(bytes) }
        }
        return messages
    }

    private func sample() throws -> OutgoingMessage {
        try OutgoingMessage(
            id: 7, kind: .run,
            body: Body(
                name: "x",
                values: [
                    AttachedTensor(Tensor([1, 2] as [Float])),
                    AttachedTensor(Tensor(strings: ["ab", ""], shape: [2])),
                    AttachedTensor(Tensor([Int64](), shape: [0, 3])),
                ]), sharing: nil)
    }

    @Test func framesAreAsThePageSays() throws {
        let json =
            #"{"body":{"name":"x","values":[0,1,2]},"id":7,"kind":"run","tensors":["#
            + #"{"bytes":8,"shape":[2],"type":"f32"},{"bytes":10,"shape":[2],"type":"string"},"#
            + #"{"bytes":0,"shape":[0,3],"type":"i64"}]}"#
        let expected: [UInt8] =
            Array("ACTL".utf8) + [UInt8(json.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8)
            + Array("ADAT".utf8) + [8, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]
            + Array("ADAT".utf8) + [10, 0, 0, 0, 0, 0, 0, 0] + [2, 0, 0, 0, 0x61, 0x62, 0, 0, 0, 0]
            + Array("ADAT".utf8) + [0, 0, 0, 0, 0, 0, 0, 0]
        #expect(bytes(try sample()) == expected)
    }

    /// The example of Documentation/worker-protocol.md, byte for byte.
    @Test func thePagesExampleIsWhatIsSent() throws {
        struct Run: Codable {
            var inputs: [AttachedTensor]
            var model: Int
        }
        let message = try OutgoingMessage(
            id: 7, kind: .run, body: Run(inputs: [AttachedTensor(Tensor([1, 2] as [Float]))], model: 1), sharing: nil)
        let text = try page()
        #expect(text.contains(try asOnThePage(message)))
        #expect(text.contains(hexadecimal(WorkerProtocol.magic)))
    }

    /// The other example of the page, and that its structure survives the way.
    @Test func thePagesExampleOfValuesIsWhatIsSent() throws {
        let vector = ValueType.tensor(.float32, [.fixed(2)])
        let scalar = ValueType.tensor(.int64, [])
        let values: [Value] = [
            .sequence([.tensor(Tensor([1, 2] as [Float]))], elementType: vector),
            .optional(.tensor(try Tensor([3 as Int64], shape: [])), elementType: scalar),
            .optional(nil, elementType: scalar),
        ]
        let message = try OutgoingMessage(
            id: 8, kind: .evaluate, body: Evaluate(inputs: values.map(AttachedValue.init), model: 1), sharing: nil)
        #expect(try page().contains(try asOnThePage(message)))
        let received = try parse(bytes(message))
        #expect(try received[0].body(Evaluate.self).inputs.map(\.value) == values)
    }

    private struct Evaluate: Codable {
        var inputs: [AttachedValue]
        var model: Int
    }

    @Test(arguments: [
        #"{}"#, #"{"tensor":0,"optional":{}}"#, #"{"tensor":1}"#, #"{"sequence":{"elements":[]}}"#,
        #"{"optional":{"of":{"tensor":{"element":"f99"}}}}"#, #"{"map":{}}"#,
    ])
    func whatIsNoValueIsAViolation(value: String) throws {
        let json = #"{"body":{"inputs":["# + value + #"],"model":1},"id":1,"kind":"evaluate"}"#
        let frame: [UInt8] = Array("ACTL".utf8) + [UInt8(json.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8)
        let received = try parse(frame)
        #expect(throws: ProtocolViolation.self) { try received[0].body(Evaluate.self) }
    }

    private func hexadecimal(_ part: some Sequence<UInt8>) -> String {
        part.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
    }

    private func page() throws -> String {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Documentation/worker-protocol.md")
        return try String(contentsOf: page, encoding: .utf8)
    }

    /// A message as the page prints it: frame headers and elements as hexadecimal digits, JSON as text.
    private func asOnThePage(_ message: OutgoingMessage) throws -> String {
        var lines: [String] = []
        var rest = bytes(message)[...]
        while !rest.isEmpty {
            let kind = String(decoding: rest.prefix(4), as: UTF8.self)
            let length = Int(rest[rest.startIndex + 4]) + Int(rest[rest.startIndex + 5]) << 8
            lines.append("\(hexadecimal(rest.prefix(12)))                  \(kind), \(length) bytes")
            let payload = rest.dropFirst(12).prefix(length)
            lines.append(kind == "ACTL" ? String(decoding: payload, as: UTF8.self) : hexadecimal(payload))
            rest = rest.dropFirst(12 + length)
        }
        return "```\n" + lines.joined(separator: "\n") + "\n```"
    }

    @Test(arguments: [1, 2, 3, 11, 12, 13, 1000])
    func piecesOfAnySizeGiveTheSameMessages(pieces: Int) throws {
        let stream = bytes(try sample()) + bytes(try sample())
        let messages = try parse(stream, pieces: pieces)
        #expect(messages.count == 2)
        for message in messages {
            let body = try message.body(Body.self)
            #expect(message.id == 7)
            #expect(body.name == "x")
            #expect(body.values[0].tensor == Tensor([1, 2] as [Float]))
            #expect(body.values[1].tensor.strings == ["ab", ""])
            #expect(body.values[2].tensor.shape == [0, 3])
        }
    }

    /// Whatever arrives, the parser ends with messages or a violation: a crash would end the test run.
    @Test func damagedStreamsAreViolations() throws {
        let seed: UInt64 = 42
        var random = SplitMix64(seed: seed)
        let stream = bytes(try sample())
        var violations = 0
        for _ in 0..<3000 {
            var damaged = stream
            for _ in 0...random.integer(in: 0...3) {
                damaged[random.integer(in: 0...(damaged.count - 1))] = UInt8(random.integer(in: 0...255))
            }
            do { for message in try parse(damaged) { _ = try message.body(Body.self) } } catch is ProtocolViolation {
                violations += 1
            }
        }
        #expect(violations > 1500, "seed \(seed)")
    }

    @Test func lyingLengthsAreRefusedBeforeMemoryIsTaken() {
        func violation(_ bytes: [UInt8]) -> ProtocolViolation? {
            do {
                _ = try parse(bytes)
                return nil
            } catch { return error as? ProtocolViolation }
        }
        func control(_ json: String) -> [UInt8] {
            Array("ACTL".utf8) + [UInt8(json.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(json.utf8)
        }
        let long = violation(Array("ACTL".utf8) + [UInt8](repeating: 0xFF, count: 8))
        #expect(long?.reason == "a frame of 18446744073709551615 bytes is longer than the 67108864 allowed")
        #expect(violation(Array("ADAT".utf8) + [4, 0, 0, 0, 0, 0, 0, 0])?.reason.contains("none was due") == true)
        #expect(
            violation(control(#"{"id":1,"kind":"run","tensors":[{"bytes":-4,"shape":[1],"type":"f32"}]}"#)) != nil)
        #expect(
            violation(
                control(#"{"id":1,"kind":"run","tensors":[{"bytes":4,"shape":[1],"type":"f32"}]}"#)
                    + control("{}"))?.reason == "a control frame stands where a tensor was due")
        #expect(
            violation(control(#"{"id":1,"kind":"dance"}"#))?.reason.contains("kind") == true)
        // A segment that is a file of somebody else's is neither read nor removed.
        #expect(
            violation(control(#"{"id":1,"kind":"run","segment":{"bytes":9,"path":"/dev/shm/../../etc/x"}}"#)) != nil)
    }

    @Test func largeTensorsTravelThroughSharedMemory() throws {
        let tensor = try Tensor((0..<20_000).map { Float($0) }, shape: [100, 200])
        let small = Tensor([5 as Int32])
        let message = try OutgoingMessage(
            id: 1, kind: .run, body: Body(name: "", values: [tensor, small, tensor].map(AttachedTensor.init)),
            sharing: "00000000deadbeef")
        let path = try #require(message.segmentPath)
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(bytes(message).count < 1000)
        let received = try parse(bytes(message))
        // The receiver has the mapping; the name is gone at once.
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(try received[0].body(Body.self).values.map(\.tensor) == [tensor, small, tensor])
    }

    @Test func offendingBytesAreShownReadably() {
        do {
            _ = try parse(Array("hello\u{1}\\ and so on".utf8))
            Issue.record("it was accepted")
        } catch {
            #expect((error as? ProtocolViolation)?.shownBytes == "hello\\x01\\\\ and ")
        }
    }
}

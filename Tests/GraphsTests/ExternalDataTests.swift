import Foundation
import Graphs
import Tensors
import TestKit
import Testing
import Wire

@Suite("External data")
struct ExternalDataTests {
    /// A model of one f32[4] constant whose data are said to lie somewhere.
    private func model(_ entries: [(String, String)]) -> Bytes {
        var tensor = WireWriter<Bytes>()
        tensor.packed(1, [4])
        tensor.integer(2, 1)
        tensor.string(8, "w")
        for (key, value) in entries {
            tensor.message(13) {
                $0.string(1, key)
                $0.string(2, value)
            }
        }
        tensor.integer(14, 1)
        var graph = WireWriter<Bytes>()
        graph.message(5, tensor)
        var model = WireWriter<Bytes>()
        model.integer(1, 10)
        model.message(7, graph)
        return Bytes(
            concatenating: model.segments.map { segment in
                switch segment {
                case .bytes(let bytes): Bytes(copying: bytes)
                case .payload(let bytes): bytes
                }
            })
    }

    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("models/deep"), withIntermediateDirectories: true)
        let values = Data([UInt8](0..<32))
        for name in ["secret", "models/data", "models/deep/data"] {
            try values.write(to: URL(fileURLWithPath: folder.file(name)))
        }
        return folder
    }

    private func read(_ entries: [(String, String)], in folder: TemporaryFolder) throws -> Model {
        try Model(bytes: model(entries), name: "m.onnx", baseDirectory: folder.file("models"))
    }

    @Test("Ranges inside the model's folder are mapped")
    func inside() throws {
        let folder = try folder()
        let bytes = Bytes(copying: 8..<24)
        for location in ["data", "deep/data", "./data"] {
            let model = try read([("location", location), ("offset", "8"), ("length", "16")], in: folder)
            #expect(model.graph.initializer("w")?.bytes == bytes, "\(location)")
        }
        let rest = try read([("location", "data"), ("offset", "16"), ("checksum", "ignored")], in: folder)
        #expect(rest.graph.initializer("w")?.bytes == Bytes(copying: 16..<32))
    }

    @Test(
        "Locations outside are refused",
        arguments: [
            "../secret", "deep/../../secret", "/etc/passwd", "", "deep/..", "link", "linked/secret", "a\\b", ".",
        ])
    func outside(location: String) throws {
        let folder = try folder()
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: folder.file("models/link"), withDestinationPath: folder.file("secret"))
        try manager.createSymbolicLink(atPath: folder.file("models/linked"), withDestinationPath: folder.path)
        let error = #expect(throws: GraphError.self) {
            try read([("location", location), ("offset", "0"), ("length", "16")], in: folder)
        }
        #expect(error?.code == .externalData)
        #expect(error?.subject.contains("tensor 'w'") == true)
    }

    @Test("A link that stays inside is followed")
    func innerLink() throws {
        let folder = try folder()
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("models/inner"), withDestinationPath: folder.file("models/deep/data"))
        _ = try read([("location", "inner"), ("length", "16")], in: folder)
    }

    @Test(
        "Ranges beyond the file, and numbers that are none, are refused",
        arguments: [
            ("32", "16"), ("24", "16"), ("-1", "16"), ("0", "-16"), ("9223372036854775807", "16"), ("x", "16"),
            ("", ""),
        ])
    func ranges(offset: String, length: String) throws {
        let folder = try folder()
        let error = #expect(throws: GraphError.self) {
            try read([("location", "data"), ("offset", offset), ("length", length)], in: folder)
        }
        #expect(error?.code == .externalData)
    }

    @Test("A length that does not fit the shape is refused")
    func wrongSize() throws {
        let folder = try folder()
        let error = #expect(throws: GraphError.self) {
            try read([("location", "data"), ("offset", "0"), ("length", "12")], in: folder)
        }
        #expect(error?.code == .invalidTensor)
    }

    @Test("Without a folder, or without the file, the message says how to mend it")
    func absent() throws {
        let folder = try folder()
        let bytes = model([("location", "data")])
        let error = #expect(throws: GraphError.self) { try Model(bytes: bytes) }
        #expect(error?.remedy == "read the model from its file, or give the folder of its data")
        let missing = #expect(throws: GraphError.self) { try read([("location", "nothing")], in: folder) }
        #expect(missing?.remedy == "put the data file beside the model")
    }
}

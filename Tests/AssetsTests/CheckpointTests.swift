import Assets
import Foundation
import Tensors
import TestKit
import Testing

/// What Python says a tensor of a fixture holds.
struct CheckpointExpectation: Decodable {
    var type: String
    var shape: [Int]
    var values: [Double]

    static func load(_ name: String) throws -> [String: CheckpointExpectation] {
        let data = try Data(contentsOf: URL(fileURLWithPath: StoreFixtures.path("Checkpoints/\(name)")))
        return try JSONDecoder().decode([String: CheckpointExpectation].self, from: data)
    }

    private static let names: [String: ElementType] = [
        "float32": .float32, "float64": .float64, "float16": .float16, "bfloat16": .bfloat16, "int64": .int64,
        "int32": .int32, "int8": .int8, "uint8": .uint8, "bool": .bool, ">f8": .float64,
    ]

    /// Compares a tensor, value by value.
    func check(_ tensor: Tensor, _ name: String) throws {
        #expect(tensor.elementType == CheckpointExpectation.names[type], "\(name)")
        #expect(tensor.shape == Shape(shape), "\(name)")
        let bytes = try #require(tensor.bytes).array
        let width = tensor.elementType.bitWidth / 8
        let actual = stride(from: 0, to: bytes.count, by: width).map { start in
            let bits = bytes[start..<(start + width)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return CheckpointExpectation.value(bits, tensor.elementType)
        }
        #expect(actual == values, "\(name)")
    }

    private static func value(_ bits: UInt64, _ type: ElementType) -> Double {
        switch type {
        case .float32: Double(Float(bitPattern: UInt32(bits)))
        case .float64: Double(bitPattern: bits)
        case .float16: Double(Float16(bitPattern: UInt16(bits)))
        case .bfloat16: Double(Float(bitPattern: UInt32(bits) << 16))
        case .int64: Double(Int64(bitPattern: bits))
        case .int32: Double(Int32(truncatingIfNeeded: bits))
        case .int8: Double(Int8(truncatingIfNeeded: bits))
        default: Double(bits)
        }
    }
}

/// Checkpoints written by PyTorch and numpy (`Fixtures/Checkpoints/make.py`).
@Suite struct CheckpointTests {
    static func read(_ name: String) throws -> Checkpoint {
        try Checkpoint(StoreFixtures.bytes("Checkpoints/\(name)"), subject: name)
    }

    @Test(arguments: [("legacy.pth", Checkpoint.Format.torchLegacy), ("zip.pth", .torchZip)])
    func bothFormsOfPyTorchGiveTheSameTensors(name: String, format: Checkpoint.Format) throws {
        let expected = try CheckpointExpectation.load("expected.json")
        let checkpoint = try CheckpointTests.read(name)
        #expect(checkpoint.format == format)
        #expect(checkpoint.names.first == "layer.weight" && checkpoint.names.last == "parameter")
        #expect(Set(checkpoint.names) == Set(expected.keys) && checkpoint.names.count == expected.count)
        for (name, expectation) in expected {
            try expectation.check(try #require(checkpoint.tensors[name], "\(name)"), name)
        }
    }

    @Test func nestedDictionariesGiveDottedNames() throws {
        let expected = try CheckpointExpectation.load("expected.json")
        let checkpoint = try CheckpointTests.read("nested.pth")
        #expect(Set(checkpoint.names) == Set(expected.keys.map { "state_dict.\($0)" }))
    }

    @Test(arguments: ["arrays-3.pkl", "arrays-4.pkl"]) func numpyPicklesGiveTheirArrays(name: String) throws {
        let expected = try CheckpointExpectation.load("arrays.json")
        let checkpoint = try CheckpointTests.read(name)
        #expect(checkpoint.format == .numpyPickle)
        #expect(Set(checkpoint.names) == Set(expected.keys))
        for (name, expectation) in expected { try expectation.check(try #require(checkpoint.tensors[name]), name) }
    }

    @Test func numpyPicklesOfPython2AreRead() throws {
        let checkpoint = try CheckpointTests.read("python2.pkl")
        #expect(try checkpoint.tensors["name"]?.values(of: Float.self) == [0, 1, 2, 3])
    }

    @Test(arguments: ["f4", "big", "fortran", "scalar", "u1", "bool"]) func numpyFilesAreRead(name: String) throws {
        let expected = try #require(try CheckpointExpectation.load("arrays.json")[name])
        let tensor = try NumpyFile.read(StoreFixtures.bytes("Checkpoints/\(name).npy"), subject: name)
        try expected.check(tensor, name)
        let again = try NumpyFile.read(NumpyFile.write(tensor), subject: "written")
        #expect(again == tensor)
    }

    @Test func numpyWritesTheSameFile() throws {
        for name in ["f4", "scalar", "u1", "bool"] {
            let file = try StoreFixtures.bytes("Checkpoints/\(name).npy")
            #expect(try NumpyFile.write(NumpyFile.read(file, subject: name)) == file, "\(name)")
        }
    }

    @Test func contiguousTensorsAreSlicesOfTheFile() throws {
        let file = try StoreFixtures.bytes("Checkpoints/legacy.pth")
        let checkpoint = try Checkpoint(file, subject: "legacy.pth")
        func address(_ bytes: Bytes) -> UInt { bytes.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } }
        let range = address(file)..<(address(file) + UInt(file.count))
        #expect(range.contains(address(try #require(checkpoint.tensors["layer.weight"]?.bytes))))
        #expect(range.contains(address(try #require(checkpoint.tensors["layer.part"]?.bytes))))
        #expect(!range.contains(address(try #require(checkpoint.tensors["layer.turned"]?.bytes))))
    }

    @Test func whatIsNoPlainTensorIsRefusedByName() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: StoreFixtures.path("Checkpoints/evil.json")))
        let evil = try JSONDecoder().decode([String: [String]].self, from: data)
        #expect(evil.count == 24)
        for (name, rule) in evil.sorted(by: { $0.key < $1.key }) {
            let error = #expect(throws: AssetError.self, "\(name)") { try CheckpointTests.read("evil-\(name).pkl") }
            #expect(error?.code.rawValue == rule[0], "\(name): \(error?.description ?? "")")
            #expect(error?.description.contains(rule[1]) == true, "\(name): \(error?.description ?? "")")
        }
        let expected = [
            ("views", "repeats elements"), ("past", "reaches past"), ("negative", "reaches past"),
        ]
        for (name, text) in expected {
            let error = #expect(throws: AssetError.self) { try CheckpointTests.read("evil-\(name).pth") }
            #expect(error?.reason.contains(text) == true, "\(name): \(error?.description ?? "")")
        }
    }

    @Test func aRefusalSaysByteInstructionAndGlobal() {
        let error = #expect(throws: AssetError.self) { try CheckpointTests.read("evil-eval.pkl") }
        #expect(
            error?.description
                == "evil-eval.pkl, byte 35: global 'builtins.eval' (STACK_GLOBAL) is refused; "
                + "only plain tensors are read; save the state dictionary alone")
    }

    @Test(arguments: ["legacy.pth", "zip.pth", "arrays-3.pkl", "arrays-4.pkl", "python2.pkl"])
    func truncationsAndMutationsNeverTrap(name: String) throws {
        let file = try StoreFixtures.bytes("Checkpoints/\(name)").array
        for length in stride(from: 0, to: file.count, by: max(1, file.count / 200)) {
            #expect(throws: AssetError.self, "\(name) cut at \(length)") {
                try Checkpoint(Bytes(copying: file[..<length]), subject: name)
            }
        }
        var seed: UInt64 = 0xA55A
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        var survivors = 0
        for _ in 0..<2000 {
            var mutated = file
            for _ in 0...next(3) { mutated[next(mutated.count)] = UInt8(next(256)) }
            if (try? Checkpoint(Bytes(copying: mutated), subject: name)) != nil { survivors += 1 }
        }
        #expect(survivors < 2000, "seed 0xA55A")
    }

    @Test func theFuzzersCorpusNeverTraps() throws {
        let folder = testFolder("../../Fuzz/Checkpoint/corpus")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        #expect(files.count >= 50)
        for file in files {
            let bytes = try Bytes(mapping: file.path)
            _ = try? Checkpoint(bytes, subject: file.lastPathComponent)
            _ = try? NumpyFile.read(bytes, subject: file.lastPathComponent)
            _ = try? ZipArchive(bytes, subject: file.lastPathComponent)
            _ = try? GzipFile.decompress(bytes, limit: 1 << 24, subject: file.lastPathComponent)
            _ = try? TarArchive(bytes, subject: file.lastPathComponent)
        }
    }
}

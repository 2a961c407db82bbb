import Foundation
import Graphs
import Tensors
import TestKit
import Testing

/// Real models, wherever the machine has them: every `.onnx` file under `$ASSAY_TEST_MODELS`, or under the models of
/// `$ASSAY_HOME`.
enum RealModels {
    static let paths: [String] = {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["ASSAY_HOME"] ?? NSHomeDirectory() + "/.assay"
        let folder = environment["ASSAY_TEST_MODELS"] ?? home + "/models"
        let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return found.filter { $0.hasSuffix(".onnx") }.sorted().map { "\(folder)/\($0)" }
    }()
}

@Suite(
    "Real models",
    .enabled(if: !RealModels.paths.isEmpty, "no models here; ASSAY_TEST_MODELS names a folder of ONNX files"))
struct RealModelTests {
    @Test("Read, written and read again, a real model is equal, valid, and as large", arguments: RealModels.paths)
    func roundTrip(path: String) throws {
        let folder = try TemporaryFolder()
        let model = try Model(contentsOf: path)
        #expect(model.problems() == [])
        try model.write(to: folder.file("inline.onnx"))
        try model.write(to: folder.file("beside.onnx"), externalData: .beside(minimumBytes: 1024))
        #expect(try Model(contentsOf: folder.file("inline.onnx")) == model)
        #expect(try Model(contentsOf: folder.file("beside.onnx")) == model)
        #expect(model.lowestSufficientIRVersion <= max(model.irVersion, 4))
        let size = try Bytes(mapping: folder.file("inline.onnx")).count
        // Floats that stood as single numbers become packed arrays; nothing may grow but by a little framing.
        #expect(size <= Bytes.size(path) + Bytes.size(path) / 20 + 4096)
    }
}

extension Bytes {
    fileprivate static func size(_ path: String) -> Int { (try? Bytes(mapping: path).count) ?? 0 }
}

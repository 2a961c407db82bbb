import Engines
import Foundation
import Graphs
import NativeEngine
import TestKit
import Tensors
import Testing

/// What is refused, and in which words.
@Suite struct RefusalTests {
    let probe: EngineProbe

    init() throws { probe = EngineProbe(try Installed.referenceEngine()) }

    @Test func wrongInputsAreNamedBeforeAnythingRuns() throws {
        let session = try probe.prepare("affine").makeSession()
        let slots = OutputSlots(count: 1)
        let wrongShape = try Tensor([Float](repeating: 0, count: 8), shape: [2, 4])
        let shape = try #require(EngineProbe.failure { try session.run([wrongShape], into: slots) })
        #expect(shape.code == .invalidInput)
        #expect(shape.subject.hasSuffix("affine.onnx, input x"))
        #expect(shape.reason == "it takes f32[2x3] and was given f32[2x4]")
        let wrongType = try Tensor([Double](repeating: 0, count: 6), shape: [2, 3])
        let type = try #require(EngineProbe.failure { try session.run([wrongType], into: slots) })
        #expect(type.reason == "it takes f32[2x3] and was given f64[2x3]")
        let count = try #require(EngineProbe.failure { try session.run([], into: slots) })
        #expect(count.code == .invalidInput && count.reason.contains("1 inputs"))
    }

    @Test(arguments: ["unknown-operator", "unknown-domain"]) func missingOperatorsAreNamed(model: String) throws {
        let error = try #require(EngineProbe.failure { _ = try probe.prepare(model) })
        #expect(error.code == .unsupportedOperator, "\(error)")
        #expect(error.subject.contains("(Frobnicate)") && error.subject.contains("\(model).onnx"), "\(error)")
    }

    @Test func rubbishIsNoModel() throws {
        let source = ModelSource(
            name: "rubbish.onnx", bytes: Bytes(copying: [1, 2, 3]), directory: nil, isOriginal: true)
        let error = try #require(
            EngineProbe.failure { _ = try probe.engine.prepare(source, options: EngineOptions()) })
        #expect(error.code == .refusedModel && error.subject.hasPrefix("rubbish.onnx"), "\(error)")
    }

    @Test func optionsThatItCannotObeyAreRefused() throws {
        for options in [
            EngineOptions(precision: .bf16), EngineOptions(threads: 0), EngineOptions(extra: ["layout": "x"]),
            EngineOptions(device: ComputeDevice(.cuda)),
        ] {
            let error = try #require(EngineProbe.failure { _ = try probe.prepare("affine", options) })
            #expect(error.code == .invalidOption, "\(error)")
        }
    }

    @Test func aFolderWithoutTheLibraryGivesTheReferenceKernels() throws {
        let engine = try NativeEngineFactory().load(libraries: TestModels.folder)
        #expect(engine.identity.build == "reference kernels")
        #expect(engine.identity.version == AssayVersion.current)
        #expect(engine.identity.instructionSet == nil)
    }

    @Test func aLibraryThatIsNoneIsNamed() throws {
        let folder = try TemporaryFolder()
        try Data("no library".utf8).write(to: URL(fileURLWithPath: folder.file("libdnnl.so.3")))
        let error = try #require(
            EngineProbe.failure { _ = try NativeEngineFactory().load(libraries: folder.path) })
        #expect(error.code == .unavailable && error.reason.contains("libdnnl.so.3"), "\(error)")
    }

    @Test func supportIsThatOfTheCatalogue() throws {
        #expect(probe.engine.supports(Node("Conv", inputs: ["x", "w"], outputs: ["y"]), opset: 11) == .supported)
        #expect(
            probe.engine.supports(Node("Frobnicate", inputs: [], outputs: ["y"]), opset: 11)
                == .unsupported(reason: "there is no operator 'Frobnicate' of domain ''"))
        #expect(probe.engine.capabilities.newestOpset >= 22)
    }

    @Test(.enabled(if: Installed.folder != nil, Installed.reason)) func theLibrarySaysWhatItIs() throws {
        let identity = try Installed.engine().identity
        #expect(identity.build.hasPrefix("oneDNN 3.2."))
        #expect(identity.version == AssayVersion.current)
        #expect(identity.instructionSet?.isEmpty == false)
    }
}

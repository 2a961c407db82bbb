import Engines
import Foundation
import OpenVINOEngine
import TestKit
import Tensors
import Testing

/// What is refused, and in which words.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason))
struct RefusalTests {
    let probe: EngineProbe

    init() throws { probe = try Installed.probe() }

    @Test func wrongInputsAreNamedBeforeTheEngineSeesThem() throws {
        let prepared = try probe.prepare("affine")
        let session = try prepared.makeSession()
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
        let free = try #require(
            EngineProbe.failure { _ = try probe.run("relu", [Tensor([1, 2, 3] as [Float])]) })
        #expect(free.reason == "it takes f32[Nx3] and was given f32[3]")
    }

    @Test(arguments: ["unknown-operator", "unknown-domain"]) func missingOperatorsAreNamed(model: String) throws {
        let error = try #require(EngineProbe.failure { _ = try probe.prepare(model) })
        #expect(error.code == .unsupportedOperator, "\(error)")
        #expect(error.subject.contains("Frobnicate"))
    }

    @Test func brokenFilesAreRefused() throws {
        let source = try TestModels.source("affine")
        for count in [0, 1, 20, source.bytes.count / 2] {
            let bytes = try #require(source.bytes.slice(0..<count))
            let broken = ModelSource(name: "broken", bytes: bytes, directory: nil, isOriginal: true)
            let error = EngineProbe.failure { _ = try probe.engine.prepare(broken, options: EngineOptions()) }
            #expect(error?.code == .refusedModel, "\(count) bytes: \(String(describing: error))")
        }
    }

    @Test(arguments: ["sequence", "anyrank"]) func whatItCannotTranslateIsRefused(model: String) throws {
        let error = try #require(EngineProbe.failure { _ = try probe.prepare(model) })
        #expect([.refusedModel, .unsupportedOperator].contains(error.code))
        #expect(!error.reason.isEmpty && !error.reason.contains("Exception from"), "\(error)")
    }

    @Test func operatorsInFormsItLacksAreNamed() throws {
        let error = try #require(EngineProbe.failure { _ = try probe.prepare("anyrank-conv") })
        #expect(error.code == .unsupportedOperator)
        #expect(error.subject.hasSuffix("anyrank-conv.onnx, operator Conv-17"))
    }

    @Test func localFunctionsAreNamedAsMissing() throws {
        let error = try #require(EngineProbe.failure { _ = try probe.prepare("function") })
        #expect(error.code == .unsupportedOperator)
        #expect(error.subject.contains("Twice"))
    }

    @Test func optionsItCannotObeyAreRefused() throws {
        for options in [
            EngineOptions(precision: .i8), EngineOptions(threads: 0), EngineOptions(spinning: true),
            EngineOptions(optimization: .none), EngineOptions(extra: ["PERF_CUONT": "YES"]),
            EngineOptions(device: ComputeDevice(.cuda)),
        ] {
            let error = EngineProbe.failure { _ = try probe.prepare("affine", options) }
            #expect(error?.code == .invalidOption, "\(options)")
        }
    }

    @Test func effectiveOptionsAreReadBack() throws {
        let asked = EngineOptions(threads: 1, extra: ["PERF_COUNT": "YES"])
        #expect(try probe.prepare("affine", asked).effectiveOptions == asked)
        #expect(try probe.prepare("affine").effectiveOptions == EngineOptions())
    }

    @Test func wrongNumberOfSlotsIsRefused() throws {
        let session = try probe.prepare("order").makeSession()
        let inputs = [Tensor([6, 9] as [Float]), Tensor([2, 3] as [Float])]
        #expect(EngineProbe.failure { try session.run(inputs, into: OutputSlots(count: 1)) }?.code == .runFailed)
    }
}

/// What needs no library.
struct MissingLibraryTests {
    @Test func aMissingFolderIsUnavailable() throws {
        let error = try #require(
            EngineProbe.failure { _ = try OpenVINOFactory().load(libraries: "/nonexistent") })
        #expect(error.code == .unavailable)
        #expect(error.reason.contains("/nonexistent"))
    }
}

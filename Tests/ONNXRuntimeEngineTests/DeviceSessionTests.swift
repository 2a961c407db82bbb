import Engines
import Foundation
import ONNXRuntimeEngine
import TestKit
import Tensors
import Testing

/// The path of a device through a stand-in for it: main memory, each copy to and from which takes a known time, while the
/// library's CPU provider computes.
@Suite(.enabled(if: Installed.folder != nil, Installed.reason), .enabled(if: TestCompiler.isPresent, "no C compiler"))
struct DeviceSessionTests {
    private let folder: TemporaryFolder
    private let options = EngineOptions(device: ComputeDevice(.cuda))

    init() throws { folder = try TemporaryFolder() }

    private func probe(
        microseconds: Int = 0, devices: Int = 1, libraries: String? = Installed.folder
    ) throws -> EngineProbe {
        let library = try TestCompiler.library(
            "libcudart.so", StandInDevice.source(microseconds: microseconds, devices: devices), in: folder)
        return EngineProbe(try ONNXRuntimeFactory(standIn: library).load(libraries: libraries))
    }

    /// The functions of input and output bindings stand at the same places in every release.
    @Test(arguments: TestStacks.folders(for: "onnxruntime")) func outputsAreThoseOfTheProcessor(stack: String) throws {
        let probe = try probe(libraries: stack)
        let input = try Tensor([1, 0, -1, 2, 1, 0] as [Float], shape: [2, 3])
        let expected = try Tensor([-3.5, -4.5, 5.5, 7.5] as [Float], shape: [2, 2])
        #expect(try probe.run("affine", [input], options) == [expected])
        let outputs = try probe.run("order", [Tensor([6, 9] as [Float]), Tensor([2, 3] as [Float])], options)
        #expect(outputs == [Tensor([4, 6] as [Float]), Tensor([3, 3] as [Float])])
    }

    @Test func copiesAreTimedApart() throws {
        let session = try probe(microseconds: 3000).prepare("order", options).makeSession()
        #expect(session.transfer == nil && session.route == nil)
        let slots = OutputSlots(count: 2)
        let inputs = [Tensor([6, 9] as [Float]), Tensor([2, 3] as [Float])]
        try session.run(inputs, into: slots)
        for _ in 0..<5 {
            let before = try #require(session.transfer)
            let start = MonotonicClock.now()
            try session.run(inputs, into: slots)
            let whole = MonotonicClock.now() - start
            let moved = try #require(session.transfer) - before
            // Two inputs and two outputs.
            #expect(moved >= 12_000_000 && moved <= whole, "\(moved) of \(whole)")
            #expect(whole - moved < moved, "the model is two small nodes")
        }
        #expect(session.route == "cuda")
    }

    @Test func shapesFollowTheInputs() throws {
        let session = try probe().prepare("relu", options).makeSession()
        let slots = OutputSlots(count: 1)
        for rows in [2, 2, 5, 1, 0, 2, 2, 2] {
            let values = (0..<rows * 3).map { Float($0) - 2 }
            try session.run([try Tensor(values, shape: [rows, 3])], into: slots)
            let expected = try Tensor(values.map { 2 * max($0, 0) + 1 }, shape: [rows, 3])
            #expect(try slots.snapshot() == [expected], "with \(rows) rows")
        }
    }

    @Test func outputsWhoseShapeDependsOnDataAreFollowed() throws {
        let session = try probe().prepare("nonzero", options).makeSession()
        let slots = OutputSlots(count: 1)
        for values in [[1, 0, 2], [1, 0, 3], [0, 0, 5], [1, 1, 1], [0, 0, 0], [1, 1, 0]] as [[Float]] {
            try session.run([Tensor(values)], into: slots)
            let indices = values.indices.filter { values[$0] != 0 }.map(Int64.init)
            #expect(try slots.snapshot() == [try Tensor(indices, shape: [1, indices.count])], "for \(values)")
        }
    }

    @Test func aModelWithoutInputsGivesItsOutputs() throws {
        let expected = try Installed.probe().run("noinput", [])
        let session = try probe().prepare("noinput", options).makeSession()
        let slots = OutputSlots(count: expected.count)
        for _ in 0..<2 {
            try session.run([], into: slots)
            #expect(try slots.snapshot() == expected)
        }
    }

    @Test func stringsStayInMainMemory() throws {
        let words = try Tensor(strings: ["a", "", "héllo", "d"], shape: [1, 4])
        let session = try probe().prepare("identity-string", options).makeSession()
        let slots = OutputSlots(count: 1)
        for _ in 0..<3 {
            try session.run([words], into: slots)
            #expect(try slots.snapshot() == [words])
        }
    }

    @Test func twoSessionsHaveMemoryOfTheirOwn() throws {
        let prepared = try probe().prepare("affine", options)
        let (one, two) = (try prepared.makeSession(), try prepared.makeSession())
        let (first, second) = (OutputSlots(count: 1), OutputSlots(count: 1))
        let ones = try Tensor([Float](repeating: 1, count: 6), shape: [2, 3])
        let zeros = try Tensor([Float](repeating: 0, count: 6), shape: [2, 3])
        for _ in 0..<3 {
            try one.run([ones], into: first)
            try two.run([zeros], into: second)
            #expect(try first.snapshot() == [try Tensor([9.5, 11.5, 9.5, 11.5] as [Float], shape: [2, 2])])
            #expect(try second.snapshot() == [try Tensor([0.5, -0.5, 0.5, -0.5] as [Float], shape: [2, 2])])
        }
    }

    // MARK: - Refusals

    @Test func withoutADeviceTheLibrarysWordsAreSaid() throws {
        let error = try #require(EngineProbe.failure { _ = try probe(devices: 0).prepare("affine", options) })
        #expect(error.code == .unavailable)
        #expect(error.reason == "there is no CUDA device: no CUDA-capable device is detected")
    }

    @Test func aDeviceThatIsNotThereIsNamed() throws {
        let asked = EngineOptions(device: ComputeDevice(.cuda, index: 2))
        let error = try #require(EngineProbe.failure { _ = try probe(devices: 2).prepare("affine", asked) })
        #expect(error.code == .unavailable && error.reason == "there are 2 CUDA devices")
    }

    /// The package for the processor brings none of CUDA's libraries, and nothing computes in its place.
    @Test(arguments: TestStacks.folders(for: "onnxruntime").suffix(1)) func theBuildForTheProcessorRefuses(
        stack: String
    ) throws {
        let probe = EngineProbe(try ONNXRuntimeFactory().load(libraries: stack))
        let error = try #require(EngineProbe.failure { _ = try probe.prepare("affine", options) })
        #expect(error.code == .unavailable && error.reason.contains("no CUDA libraries lie in"), "\(error)")
    }

    @Test func settingsOfTheProviderNeedTheDevice() throws {
        let asked = EngineOptions(extra: ["cuda.prefer_nhwc": "1"])
        let error = try #require(EngineProbe.failure { _ = try Installed.probe().prepare("affine", asked) })
        #expect(error.code == .invalidOption)
    }
}

import Engines
import Foundation
import Graphs
import Tensors
import TestKit
import Testing

/// Forms of a model on their way to an engine in a process of its own.
@Suite(.timeLimit(.minutes(10))) struct GuestFormTests {
    private static let input = Tensor([1, 2, 3, 4] as [Float])

    /// A file that doubles, beside an ONNX file that copies.
    private func files(_ folder: TemporaryFolder) throws -> (model: String, form: String) {
        let (model, form) = (folder.file("model.onnx"), folder.file("model.own"))
        try FakeModel.onnx(["1.0": FakeModel(), "formless": FakeModel()]).write(to: model)
        var doubling = FakeModel()
        doubling.arithmetic = .double
        try doubling.source().bytes.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: form))
        return (model, form)
    }

    private func outputs(
        _ form: (String) -> ModelForm, version: String = "1.0", guest: Bool = true
    ) async throws -> [Tensor] {
        let folder = try TemporaryFolder()
        let (model, path) = try files(folder)
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(
            engine: "fake", libraries: version, guest: guest ? GuestCommand([TestWorker.path]) : nil)
        let loaded = try await client.load(contentsOf: model, form: form(path), options: EngineOptions())
        let outputs = try await client.run(loaded, [Self.input]).outputs
        await client.shutdown()
        return outputs
    }

    private func refusal(_ run: () async throws -> [Tensor]) async throws -> EngineError {
        do {
            _ = try await run()
        } catch let error as WorkerError {
            guard case .engine(let reason) = error.failure else { throw error }
            return reason
        }
        throw EngineError(.runFailed, subject: "test", reason: "it was taken")
    }

    @Test(arguments: [true, false]) func itIsLoadedInPlaceOfTheModel(isGuest: Bool) async throws {
        let outputs = try await outputs({ ModelForm(engine: "fake", path: $0) }, guest: isGuest)
        #expect(outputs == [Tensor([2, 4, 6, 8] as [Float])])
    }

    /// An engine that would pass over the form and run the model is stopped before it.
    @Test(arguments: [true, false]) func whoTakesNoneRefuses(isGuest: Bool) async throws {
        let error = try await refusal {
            try await outputs({ ModelForm(engine: "fake", path: $0) }, version: "formless", guest: isGuest)
        }
        #expect(error.code == .invalidOption && error.subject.hasSuffix("model.own"))
        #expect(error.reason == "fake takes no form of a model but ONNX")
    }

    @Test func aGuestSeesTheMap() async throws {
        let error = try await refusal {
            try await outputs { ModelForm(engine: "fake", path: $0, inputs: ["z": ModelForm.Port("0")]) }
        }
        #expect(error.code == .invalidInput && error.subject == "z")
    }

    @Test func aFileThatIsNotThereIsNamed() async throws {
        let error = try await refusal { try await outputs { ModelForm(engine: "fake", path: $0 + ".gone") } }
        #expect(error.code == .unreadableModel && error.subject.hasSuffix("model.own.gone"))
    }

    @Test func itCrossesAsThePageSays() throws {
        let form = ModelForm(
            engine: "litert", path: "/models/m.tflite",
            inputs: ["x": ModelForm.Port(name: "serving_default_x:0", transpose: [0, 2, 3, 1])],
            outputs: ["y": ModelForm.Port("0")])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(
            String(decoding: try encoder.encode(form), as: UTF8.self) == """
                {"engine":"litert","inputs":{"x":{"name":"serving_default_x:0","transpose":[0,2,3,1]}},\
                "outputs":{"y":{"place":0}},"path":"/models/m.tflite"}
                """)
    }
}

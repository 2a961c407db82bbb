import Engines
import Foundation
import Records
import Specs
import Studies
import TestKit
import Testing

/// Forms of models in the specs and records of studies.
@Suite(.timeLimit(.minutes(10))) struct ModelFormTests {
    private func bench(_ change: (inout FakeModel) -> Void) throws -> FakeBench {
        let bench = try FakeBench(["1": FakeModel(), "2": FakeModel()])
        var model = FakeModel()
        change(&model)
        try bench.write(String(decoding: try JSONEncoder().encode(model), as: UTF8.self), to: "fake.own")
        return bench
    }

    private func spec(_ bench: FakeBench, forms: [ModelForm] = [ModelForm(engine: "fake", path: "fake.own")])
        -> EvaluateSpec
    {
        var spec = bench.spec(["1"])
        spec.models[0].forms = forms
        return spec
    }

    @Test func theRecordHasItsHashAndSaysThatItRan() async throws {
        let bench = try bench { $0.arithmetic = .double }
        let record = try await bench.run(spec(bench)).record
        let form = try #require(record.ingredients.first { $0.role == .form })
        #expect(form.digest == (try SHA256.digest(ofFile: bench.file("fake.own"))))
        #expect(form.name == "fake.onnx, fake: fake.own")
        #expect(record.ingredients.first?.role == .model)
        #expect(
            record.notes.contains {
                $0.hasPrefix("fake 1 ran a form of fake.onnx of its own, fake.own") && $0.hasSuffix("and no conversion")
            }, "\(record.notes)")
    }

    /// The engine's own form stands beside itself as the reference: a stability study tells whether both are one model.
    @Test(arguments: [nil, FakeModel.Perturbation.share(0.01)]) func stabilityTellsWhetherItIsTheSameModel(
        perturbation: FakeModel.Perturbation?
    ) async throws {
        let bench = try bench { $0.perturbation = perturbation }
        var spec = StabilitySpec()
        spec.model = "fake.onnx"
        spec.forms = [ModelForm(engine: "fake", path: "fake.own")]
        spec.stacks = [.fake("1")]
        spec.threads = [1]
        spec.samples = 2
        spec.duration = .zero
        var plain = spec
        plain.forms = []
        let (own, converted) = (try await bench.run(spec).record, try await bench.run(plain).record)
        let isSame = own.fingerprints.map(\.digest) == converted.fingerprints.map(\.digest)
        #expect(isSame == (perturbation == nil))
    }

    @Test func aFolderHasTheHashOfItsList() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.file("saved/b"), withIntermediateDirectories: true)
        try "one".write(toFile: folder.file("saved/b/x"), atomically: true, encoding: .utf8)
        try "two".write(toFile: folder.file("saved/a"), atomically: true, encoding: .utf8)
        let form = try ResolvedForm(ModelForm(engine: "tensorflow", path: "saved"), folder: folder.path)
        // printf one | sha256sum, printf two | sha256sum, and the sha256sum of the list.
        let list = """
            3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3  a
            7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  b/x

            """
        #expect(form.digest == SHA256.digest(of: Array(list.utf8)))
        #expect(form.bytes == 6)
    }

    @Test(arguments: [
        (
            ModelForm(engine: "onnxruntime", path: "fake.own"),
            "onnxruntime reads ONNX and takes no other form of a model"
        ),
        (ModelForm(engine: "lite", path: "fake.own"), "no stack runs the engine 'lite'"),
        (ModelForm(engine: "fake", path: "gone.own"), "there is no such file or folder"),
    ]) func whatCannotBeIsSaidAtOnce(form: ModelForm, reason: String) async throws {
        let bench = try bench { _ in }
        let error = await #expect(throws: StudyError.self) { try await bench.run(spec(bench, forms: [form])) }
        #expect(error?.reason == reason)
    }

    @Test func twoFormsForOneEngineAreRefused() async throws {
        let bench = try bench { _ in }
        let form = ModelForm(engine: "fake", path: "fake.own")
        let error = await #expect(throws: StudyError.self) {
            try await bench.run(spec(bench, forms: [form, form]))
        }
        #expect(error?.reason == "fake has a form already")
    }

    @Test func aSpecIsEasilyWritten() throws {
        let spec = try EvaluateSpec.spec.decode(
            """
            models:
              - model: mobilenet.onnx
                forms:
                  - {engine: litert, path: mobilenet.tflite, inputs: {x: {name: "serving_default_x:0", transpose: [0, 2, 3, 1]}}}
                  - {engine: pytorch, path: mobilenet.pt2, inputs: {x: 0}, outputs: {y: output}}
            """
        ).value
        let forms = spec.models[0].forms
        #expect(
            forms == [
                ModelForm(
                    engine: "litert", path: "mobilenet.tflite",
                    inputs: ["x": ModelForm.Port(name: "serving_default_x:0", transpose: [0, 2, 3, 1])]),
                ModelForm(
                    engine: "pytorch", path: "mobilenet.pt2", inputs: ["x": ModelForm.Port(place: 0)],
                    outputs: ["y": ModelForm.Port(name: "output")]),
            ])
    }

    @Test(arguments: [
        ("{engine: openvino, path: m.xml}", "openvino reads ONNX and takes no other form of a model"),
        ("{engine: litert, path: m.tflite, inputs: {x: {transpose: [0, 2, 2]}}}", "does not have each axis once"),
        ("{engine: litert, path: m.tflite, inputs: {x: {name: a, place: 1}}}", "there is a name as well"),
    ]) func whatIsWrittenWronglyIsNamed(form: String, reason: String) {
        let text = "models: [{model: m.onnx, forms: [\(form)]}]"
        let error = #expect(throws: SpecErrors.self) { try EvaluateSpec.spec.decode(text) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(reason))
    }

    @Test func sidesAreToldApartByTheirForms() async throws {
        let bench = try bench { _ in }
        var spec = CompareSpec()
        spec.sides = [CompareSide("fake.onnx", .fake("1")), CompareSide("fake.onnx", .fake("1"))]
        spec.sides[1].forms = [ModelForm(engine: "fake", path: "fake.own")]
        spec.processes = 2
        spec.rounds = 1
        let (archive, findings) = try await bench.run(spec)
        #expect(findings.sides.map(\.title) == ["fake.onnx", "fake.onnx as fake.own"])
        #expect(archive.record.ingredients.map(\.role.rawValue) == ["model", "form"])
    }

    @Test func aSideOfAComparisonTakesOne() throws {
        let side = try CompareSide(commandLine: "m.onnx litert threads=2 form=m.tflite")
        #expect(side.forms == [ModelForm(engine: "litert", path: "m.tflite")] && side.stack.options.threads == 2)
    }
}

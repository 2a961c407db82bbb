import Assets
import Engines
import Foundation
import Graphs
import Tensors
import TestKit
import Testing

/// Forms that frameworks load in place of an ONNX file, on those of them that are installed on this machine.
///
/// Each form is made by the framework itself, of a function of its own, and computes [[1, 2], [3, 4]] · x + [10, 20] as the
/// ONNX model claims to; `changed` makes one weight larger.
@Suite(.timeLimit(.minutes(10))) struct FrameworkFormTests {
    private static let fetcher = ArtifactFetcher(home: AssayHome(), isOffline: true)

    /// The installed builds of frameworks, one each; a JAX that was installed without flatbuffers cannot make a form.
    private static let builds = StackListing.all(fetcher: fetcher).filter {
        $0.state == .installed && scripts[$0.build.engine] != nil
            && ($0.build.engine != "jax" || $0.build.artifacts.contains { $0.name == "flatbuffers" })
    }.map(\.build).reduce(into: [String: StackBuild]()) { $0[$1.engine] = $0[$1.engine] ?? $1 }.values.sorted {
        $0.engine < $1.engine
    }

    private static let scripts = [
        "pytorch": """
        import torch
        class Affine(torch.nn.Module):
            def forward(self, given):
                return given @ torch.tensor(weights) + torch.tensor([10.0, 20.0])
        torch.export.save(torch.export.export(Affine(), (torch.zeros(1, 2),)), path)
        """,
        "jax": """
        import jax, flatbuffers
        exported = jax.export.export(jax.jit(lambda given: given @ jax.numpy.array(weights) + jax.numpy.array([10.0, 20.0])))
        data = exported(jax.ShapeDtypeStruct((1, 2), "float32")).serialize()
        open(path, "wb").write(data)
        """,
        "tensorflow": """
        import tensorflow as tf
        class Affine(tf.Module):
            @tf.function(input_signature=[tf.TensorSpec([1, 2], tf.float32, name="given")])
            def __call__(self, given):
                return {"taken": given @ tf.constant(weights) + tf.constant([10.0, 20.0])}
        module = Affine()
        tf.saved_model.save(module, path, signatures=module.__call__)
        """,
        "litert": """
        import tensorflow as tf
        @tf.function(input_signature=[tf.TensorSpec([1, 2], tf.float32, name="given")])
        def affine(given):
            return given @ tf.constant(weights) + tf.constant([10.0, 20.0])
        converter = tf.lite.TFLiteConverter.from_concrete_functions([affine.get_concrete_function()])
        open(path, "wb").write(converter.convert())
        """,
    ]

    private static let endings = ["pytorch": ".pt2", "jax": ".jax", "tensorflow": "-saved", "litert": ".tflite"]

    private func form(_ build: StackBuild, in stack: PreparedStack, _ folder: TemporaryFolder, changed: Bool) throws
        -> String
    {
        let path = folder.file("affine" + (Self.endings[build.engine] ?? ""))
        let packages = try #require(stack.guest?.command.last)
        let text = """
            import os, site, sys
            site.addsitedir(\"\(packages)\")
            sys.path.insert(0, sys.path.pop(sys.path.index(\"\(packages)\")))
            os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", JAX_PLATFORMS="cpu")
            path, weights = \"\(path)\", [[1.0, 3.0], [2.0, \(changed ? "4.5" : "4.0")]]

            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(stack.guest?.command.first))
        process.arguments = ["-E", "-s", "-S", "-c", text + (Self.scripts[build.engine] ?? "")]
        let log = Pipe()
        process.standardError = log
        process.standardOutput = log
        try process.run()
        let said = log.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self).suffix(2000))")
        return path
    }

    private func model(_ folder: TemporaryFolder) throws -> String {
        let graph = Graph(
            name: "affine", nodes: [Node("Gemm", inputs: ["x", "w", "b"], outputs: ["y"], name: "affine")],
            inputs: [ValueInfo("x", .tensor(.float32, [.fixed(1), .fixed(2)]))],
            outputs: [ValueInfo("y", .tensor(.float32, [.fixed(1), .fixed(2)]))],
            initializers: [
                Initializer(name: "w", tensor: try Tensor([9, 9, 9, 9] as [Float], shape: [2, 2])),
                Initializer(name: "b", tensor: Tensor([9, 9] as [Float])),
            ])
        let path = folder.file("affine.onnx")
        try Model(opsets: ["": 13], graph: graph).write(to: path)
        return path
    }

    private func output(of build: StackBuild, changed: Bool = false, _ map: (inout ModelForm) -> Void = { _ in })
        async throws -> [Float]
    {
        let folder = try TemporaryFolder()
        let stack = try StackInstaller(fetcher: Self.fetcher).install(build, for: StackRequest(build.engine))
        var form = ModelForm(
            engine: build.engine, path: try form(build, in: stack, folder, changed: changed),
            inputs: ["x": ModelForm.Port("0")], outputs: ["y": ModelForm.Port("0")])
        map(&form)
        let client = try await WorkerClient.start(TestWorker.launcher)
        _ = try await client.open(stack)
        let loaded = try await client.load(contentsOf: try model(folder), form: form, options: EngineOptions())
        let input = try Tensor([1, 1] as [Float], shape: [1, 2])
        let output = try #require(try await client.run(loaded, [input]).outputs.first)
        await client.shutdown()
        return try output.values(of: Float.self)
    }

    /// The ONNX file has other weights, and 9 for each bias: what comes out is the form's.
    @Test(
        .enabled(if: !builds.isEmpty, "no framework is installed: assay provision Workloads/stacks/photos.yaml"),
        arguments: builds)
    func aFormIsRunInPlaceOfTheModel(build: StackBuild) async throws {
        #expect(try await output(of: build) == [13, 27], "\(build.engine)")
        #expect(try await output(of: build, changed: true) == [13, 27.5], "\(build.engine)")
    }

    @Test(
        .enabled(if: !builds.isEmpty, "no framework is installed: assay provision Workloads/stacks/photos.yaml"),
        arguments: builds)
    func aMapThatDoesNotFitSaysWhatTheFormHas(build: StackBuild) async throws {
        let changes: [(reason: String, change: (inout ModelForm) -> Void)] = [
            ("the form has no input 'picture'", { $0.inputs = ["x": ModelForm.Port("picture")] }),
            ("the form has no input 3", { $0.inputs = ["x": ModelForm.Port("3")] }),
            ("the ONNX model has no such output", { $0.outputs = ["z": ModelForm.Port("0")] }),
            (
                "it has 2 axes, and its transposition 3",
                { $0.inputs = ["x": ModelForm.Port(place: 0, transpose: [0, 2, 1])] }
            ),
        ]
        for (reason, change) in changes {
            do {
                _ = try await output(of: build, change)
                Issue.record("\(build.engine) took what has '\(reason)'")
            } catch let error as WorkerError {
                guard case .engine(let refused) = error.failure else { throw error }
                #expect(refused.code == .invalidInput && refused.reason == reason, "\(build.engine): \(refused)")
            }
        }
    }
}

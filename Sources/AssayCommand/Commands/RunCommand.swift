import ArgumentParser
import Assay
import Assets
import Engines
import Foundation
import Graphs
import Records
import Studies
import Tensors

/// `assay run`: runs a model once on arrays from files.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a model once on arrays from files, and keep its outputs.",
        discussion: """
            Inputs are .npy files or numbers; outputs are written as .npy files into a folder.

            Examples:
              assay run model.onnx --input x=photo.npy --output outputs
              assay run model.onnx --input ids=ids.npy --input scale=0.5 --engine openvino
            """)

    @Argument(help: "An ONNX file or a model of the zoo.")
    var model: String

    @Option(help: ArgumentHelp("An input: a .npy file, or a number for a scalar.", valueName: "name=value"))
    var input: [String] = []

    @Option(help: ArgumentHelp("The folder that takes the outputs.", valueName: "folder"))
    var output: String?

    @Option(help: ArgumentHelp("The engine, as onnxruntime@1.20.", valueName: "engine"))
    var engine = "native"

    @Option(help: ArgumentHelp("Threads that compute one operator.", valueName: "number"))
    var threads = 1

    @Flag(help: "Download nothing.")
    var offline = false

    func run() async throws {
        let bench = try Workbench(isOffline: offline)
        let context = bench.context(folder: ".")
        let resolved = try context.model(model)
        let graph = try Model(contentsOf: resolved.path)
        try graph.validate()
        let request = try StackRequest(commandLine: engine, options: EngineOptions(threads: threads))
        let given = try InputArgument.all(input, for: graph.graph, of: resolved.name)
        let result = try await SingleRun(context).run(resolved, on: request, inputs: given)
        for output in result.outputs {
            print(
                "\(output.name): \(output.tensor.elementType.name)[\(output.tensor.shape)] \(Self.glance(output.tensor))"
            )
        }
        print("\(result.stack): \(MetricUnit.nanoseconds.format(result.duration / .nanoseconds(1)))")
        guard let folder = output else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (index, output) in result.outputs.enumerated() {
            let plain = output.name.filter { $0.isLetter || $0.isNumber || "-_.".contains($0) }
            let path = "\(folder)/\(plain.isEmpty ? "output\(index)" : plain).npy"
            try FileWriter.write(try NumpyFile.write(output.tensor), to: path)
            print("written: \(path)")
        }
    }

    /// The first few values.
    private static func glance(_ tensor: Tensor) -> String {
        if let strings = tensor.strings { return strings.prefix(6).joined(separator: " ") }
        guard let values = try? tensor.doubles() else { return "" }
        let shown = values.prefix(6).map { MetricUnit.number.format($0) }.joined(separator: " ")
        return shown + (values.count > 6 ? " …" : "")
    }
}

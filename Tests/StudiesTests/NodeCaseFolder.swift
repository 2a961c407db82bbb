import Assets
import Engines
import Foundation
import Graphs
import TestKit
import Tensors

/// Node cases of our own making for the fake engine, as `generate.py` would lay them out.
final class NodeCaseFolder {
    private let folder: TemporaryFolder
    private var names: [String] = []

    init() throws { folder = try TemporaryFolder() }

    var cases: NodeCases {
        NodeCases(path: folder.path, names: names, roundedOtherwise: [], lists: folder.path)
    }

    /// Adds a case that feeds 1, 2, 3, 4 to a fake model.
    ///
    /// - Parameter due: the expected output; `nil` stands for a sequence of it, which the fake engine does not give.
    func add(
        _ name: String, _ behaviour: FakeModel = FakeModel(), due: [Float]? = [1, 2, 3, 4],
        change: (inout Model) -> Void = { _ in }
    ) throws {
        let path = folder.file(name)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var model = try FakeModel.onnx(["1": behaviour])
        change(&model)
        try model.write(to: path + "/model.onnx")
        try Self.values(["0": Tensor([1, 2, 3, 4] as [Float])], ["0": "tensor"]).write(to: path + "/inputs.onnx")
        let bounds = ["rtol": "0.001", "atol": "1e-07"]
        let outputs =
            due.map { Self.values(["0": Tensor($0)], bounds.merging(["0": "tensor"]) { $1 }) }
            ?? Self.values(
                ["0.0": Tensor([1] as [Float])], bounds.merging(["0": "sequence 1", "0.0": "tensor"]) { $1 })
        try outputs.write(to: path + "/outputs.onnx")
        names.append(name)
    }

    private static func values(_ tensors: [String: Tensor], _ entries: [String: String]) -> Model {
        Model(
            graph: Graph(
                name: "values",
                initializers: tensors.sorted { $0.key < $1.key }.map { Initializer(name: $0.key, tensor: $0.value) }),
            metadata: entries.sorted { $0.key < $1.key }.map { StringPair($0.key, $0.value) })
    }
}

import Engines
import Foundation
public import Graphs
import Tensors

extension FakeModel {
    /// A model of the standard that also tells the fake engine how to behave, by the version that the engine has.
    ///
    /// Studies read the graph, which passes its inputs on; each fake version finds its own behaviour in the metadata.
    public static func onnx(_ behaviours: [String: FakeModel]) throws -> Model {
        let shown = behaviours.values.first ?? FakeModel()
        let outputs = shown.values.map { info in
            var output = info
            output.name = "\(info.name)_out"
            return output
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let metadata = try behaviours.sorted { $0.key < $1.key }.map { version, behaviour in
            StringPair(metadataKey(version), String(decoding: try encoder.encode(behaviour), as: UTF8.self))
        }
        return Model(
            graph: Graph(
                name: "fake",
                nodes: shown.values.map { Node("Identity", inputs: [$0.name], outputs: ["\($0.name)_out"]) },
                inputs: shown.values, outputs: outputs), metadata: metadata)
    }

    /// The behaviour of one version of the engine; `nil` when the bytes are neither form.
    init?(_ bytes: Bytes, version: String) {
        if let plain = try? JSONDecoder().decode(FakeModel.self, from: Data(bytes.array)) {
            self = plain
            return
        }
        guard let model = try? Model(bytes: bytes),
            let text = model.metadata.first(where: { $0.key == Self.metadataKey(version) })?.value,
            let behaviour = try? JSONDecoder().decode(FakeModel.self, from: Data(text.utf8))
        else { return nil }
        self = behaviour
    }

    private static func metadataKey(_ version: String) -> String { "fake \(version)" }
}

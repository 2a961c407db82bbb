import Assets
import Foundation
import Graphs
import Records
import Tensors

/// A model that needs no download: eight products of matrices with rectifiers between, some 0.07 GFLOP.
enum SelfTestModel {
    private static let rows = 64
    private static let width = 256
    private static let layers = 8

    /// The model; the weights are drawn so that values neither grow nor vanish.
    static func make(seed: Int) throws -> Model {
        var random = SplitMix64(seed: UInt64(truncatingIfNeeded: seed))
        let deviation = (2.0 / Double(width)).squareRoot()
        var nodes: [Node] = []
        var weights: [Initializer] = []
        for layer in 0..<layers {
            let values = (0..<(width * width)).map { _ in Float(deviation * random.normal()) }
            weights.append(Initializer(name: "w\(layer)", tensor: try Tensor(values, shape: [width, width])))
            let last = layer == layers - 1
            nodes.append(
                Node(
                    "MatMul", inputs: [layer == 0 ? "x" : "r\(layer - 1)", "w\(layer)"],
                    outputs: [last ? "y" : "m\(layer)"]))
            if !last { nodes.append(Node("Relu", inputs: ["m\(layer)"], outputs: ["r\(layer)"])) }
        }
        let type = ValueType.tensor(.float32, [.fixed(rows), .fixed(width)])
        let graph = Graph(
            name: "products", nodes: nodes, inputs: [ValueInfo("x", type)], outputs: [ValueInfo("y", type)],
            initializers: weights)
        var model = Model(opsets: ["": 13], graph: graph)
        model.irVersion = model.lowestSufficientIRVersion
        return model
    }

    /// Values for its input.
    static func inputs(seed: Int) throws -> [NamedTensor] {
        let graph = try make(seed: seed).graph
        return try SyntheticBatch(inputs: graph.requiredInputs, model: "products", seed: seed).make()
    }

    /// Writes it to a file that the caller removes.
    static func write(seed: Int) throws -> ResolvedModel {
        let path = NSTemporaryDirectory() + "/assay-selftest-\(UUID().uuidString).onnx"
        let bytes = try make(seed: seed).serialized()
        try FileWriter.write(bytes, to: path)
        return ResolvedModel(
            name: "products", path: path, digest: try SHA256.digest(ofFile: path), bytes: Int64(bytes.count))
    }
}

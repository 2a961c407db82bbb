import Assets
import Engines
import Graphs
import Tensors

/// A model with the inputs and outputs of another one that computes next to nothing: how long it takes from the request until
/// its outputs are here is how long it takes to move as many bytes.
struct CarrierModel {
    let inputs: [NamedTensor]
    /// What the other model gave for them, which this one gives always.
    let outputs: [NamedTensor]

    /// The values of the inputs by name.
    var values: [String: Tensor] { Dictionary(inputs.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 }) }

    /// The graph: every output is a constant, and of every input of numbers the largest is found, so that no engine leaves it
    /// where it is.
    var model: Model {
        var graph = Graph(name: "carrier", inputs: inputs.map { Self.info($0.name, $0.tensor) })
        for (index, output) in outputs.enumerated() {
            graph.initializers.append(Initializer(name: "held_\(index)", tensor: output.tensor))
            graph.nodes.append(Node("Identity", inputs: ["held_\(index)"], outputs: [output.name]))
            graph.outputs.append(Self.info(output.name, output.tensor))
        }
        for (index, input) in inputs.enumerated() where Self.isOrdered(input.tensor) {
            let name = "largest_\(index)"
            graph.nodes.append(
                Node("ReduceMax", inputs: [input.name], outputs: [name], attributes: [Attribute("keepdims", .int(0))]))
            graph.outputs.append(ValueInfo(name, .tensor(input.tensor.elementType, [])))
        }
        return Model(graph: graph)
    }

    private static func info(_ name: String, _ tensor: Tensor) -> ValueInfo {
        ValueInfo(name, .tensor(tensor.elementType, SymbolicShape(tensor.shape)))
    }

    /// The types of which ONNX takes the largest, as engines have them.
    private static func isOrdered(_ tensor: Tensor) -> Bool {
        tensor.shape.rank > 0 && [.float32, .float64, .float16, .int32, .int64].contains(tensor.elementType)
    }

    /// Loads it beside the model of a cell.
    ///
    /// - Throws: `WorkerError`, or `GraphError` where its file cannot be written.
    func load(on seat: StackSeat, folder: String) async throws -> LoadedModel {
        try await seat.load(model, named: "carrier", folder: folder)
    }
}

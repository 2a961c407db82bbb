import Graphs
import Tensors

extension RandomGraph {
    /// Writes the graph as `random-SEED.model.onnx`, and inputs and outputs beside it as `random-SEED.data.onnx`: a model
    /// whose initializers are called `input/NAME` and `output/NAME`.
    ///
    /// What is no tensor is left out.
    ///
    /// - Throws: `GraphError` where a file cannot be written, `OperatorError` where the graph does not run.
    public func write(to folder: String) throws {
        try model.write(to: "\(folder)/random-\(seed).model.onnx")
        let outputs = try outputs()
        let values = inputs.map { ("input/\($0.key)", $0.value) } + outputs.map { ("output/\($0.key)", $0.value) }
        let tensors = values.sorted { $0.0 < $1.0 }.compactMap { name, value in
            value.tensor.map { Initializer(name: name, tensor: $0) }
        }
        let data = Model(opsets: ["": 17], graph: Graph(name: "data", initializers: tensors))
        try data.write(to: "\(folder)/random-\(seed).data.onnx")
    }
}

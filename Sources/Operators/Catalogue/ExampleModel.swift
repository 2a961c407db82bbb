public import Graphs
import Tensors

/// An example of an operator as a model of one node, ready for any engine.
public struct ExampleModel: Sendable {
    /// The operator.
    public var target: any Operator
    /// The example.
    public var example: Example
    /// A model whose only node is the example's call.
    ///
    /// Inputs are named `x0`, `x1`, …, outputs `y0`, `y1`, …
    public var model: Model
    /// What to feed, by input name; constant inputs are initializers of the model.
    public var inputs: [String: Value]
    /// The outputs that the example states, by name; `nil` where the reference kernels are the only oracle.
    public var expected: [String: Value]?

    /// The operator and the example: `Add: both stretched`.
    public var name: String { "\(target.name): \(example.name)" }

    /// Makes the model of an example.
    public init(_ target: any Operator, _ example: Example) throws(OperatorError) {
        self.target = target
        self.example = example
        let names = example.inputs.enumerated().map { $1 == nil ? "" : "x\($0)" }
        let trimmed = Array(names.reversed().drop { $0.isEmpty }.reversed())
        let outputs = (0..<example.outputCount).map { "y\($0)" }
        let node = Node(
            target.name, inputs: trimmed, outputs: outputs, attributes: example.attributes, name: "example",
            domain: target.domain)
        var graph = Graph(name: "example", nodes: [node], outputs: outputs.map { ValueInfo($0) })
        inputs = [:]
        for (index, value) in example.inputs.enumerated() {
            guard let value else { continue }
            if example.constantInputs.contains(index), let tensor = value.tensor {
                graph.initializers.append(Initializer(name: names[index], tensor: tensor))
            } else {
                graph.inputs.append(ValueInfo(names[index], value.type))
                inputs[names[index]] = value
            }
        }
        var opsets = ["": target.domain.isEmpty ? example.opset : 17]
        opsets[target.domain] = example.opset
        var draft = Model(opsets: opsets, graph: graph)
        let typed = try ShapeInference().infer(draft)
        draft.graph.outputs = outputs.map { ValueInfo($0, typed.type(of: $0)) }
        model = draft
        expected = example.expected.map { Dictionary(uniqueKeysWithValues: zip(outputs, $0)) }
    }
}

extension OperatorCatalogue {
    /// Every example of every operator as a model of one node, in the order of `all`.
    ///
    /// - Throws: `OperatorError` where an example breaks its operator's own rules, which is a mistake in the catalogue.
    public func exampleModels() throws(OperatorError) -> [ExampleModel] {
        var models: [ExampleModel] = []
        for target in all {
            for example in target.examples { models.append(try ExampleModel(target, example)) }
        }
        return models
    }
}

import Graphs
import Operators
import TestKit
import Tensors
import Testing

/// Applies passes to small models and holds the outputs to those of the model as it was.
enum PassCheck {
    /// A model of one graph from nodes, inputs, outputs and constants.
    static func model(
        _ nodes: [Node], inputs: [(String, ValueType)], outputs: [String] = ["y"], constants: [String: Tensor] = [:],
        opset: Int = 17, functions: [Function] = []
    ) -> Model {
        var graph = Graph(
            name: "test", nodes: nodes, inputs: inputs.map { ValueInfo($0.0, $0.1) },
            outputs: outputs.map { ValueInfo($0) })
        graph.initializers = constants.sorted { $0.key < $1.key }.map { Initializer(name: $0.key, tensor: $0.value) }
        var opsets = ["": opset]
        for function in functions { opsets[function.domain] = 1 }
        return Model(opsets: opsets, graph: graph, functions: functions)
    }

    /// The type of a tensor of known shape.
    static func floats(_ shape: Int...) -> ValueType { .tensor(.float32, SymbolicShape(Shape(shape))) }

    /// The type of a tensor of 64-bit integers.
    static func ints(_ shape: Int...) -> ValueType { .tensor(.int64, SymbolicShape(Shape(shape))) }

    /// A seeded constant.
    static func noise(_ shape: Shape, seed: UInt64 = 1, in range: ClosedRange<Double> = -2...2) throws -> Tensor {
        var generator = SplitMix64(seed: seed)
        return try Tensor.random(.float32, shape, using: &generator, in: range)
    }

    /// Applies passes until nothing changes, and expects a valid model with the same outputs.
    ///
    /// - Parameter extents: what open extents of inputs are when the models run.
    @discardableResult
    static func rewrite(
        _ model: Model, _ passes: String..., context: PassContext = PassContext(), extents: Int = 3, seed: UInt64 = 7,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Model {
        try model.validate()
        let chosen = try PassCatalogue.standard.choose(only: passes.isEmpty ? nil : passes)
        let result = PassPipeline(chosen, context: context).run(model)
        for report in result.reports {
            #expect(report.refusal == nil, "\(report.pass): \(report.refusal ?? "")", sourceLocation: sourceLocation)
        }
        let rewritten = result.model
        for problem in rewritten.problems() { Issue.record("\(problem)", sourceLocation: sourceLocation) }
        try expectSame(model, rewritten, extents: extents, seed: seed, sourceLocation: sourceLocation)
        return rewritten
    }

    /// Expects two models to have one interface and to give the same outputs on the same random inputs.
    static func expectSame(
        _ model: Model, _ rewritten: Model, extents: Int = 3, seed: UInt64 = 7,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(
            rewritten.graph.requiredInputs.map(\.name) == model.graph.requiredInputs.map(\.name),
            sourceLocation: sourceLocation)
        #expect(rewritten.graph.outputs == model.graph.outputs, sourceLocation: sourceLocation)
        var generator = SplitMix64(seed: seed)
        var feeds: [String: Tensor] = [:]
        for input in model.graph.requiredInputs {
            guard case .tensor(let element, let shape?)? = input.type else { continue }
            let fixed = Shape(shape.dimensions.map { $0.value ?? extents })
            feeds[input.name] = try Tensor.random(element, fixed, using: &generator)
        }
        let before = try PreparedInterpreter(model).run(feeds)
        let after = try PreparedInterpreter(rewritten).run(feeds)
        for info in model.graph.outputs {
            let (old, new) = (try #require(before[info.name]), try #require(after[info.name]))
            if let problem = Self.difference(new, old) {
                Issue.record("\(info.name): \(problem)", sourceLocation: sourceLocation)
            }
        }
    }

    /// Floats within 1e-4 of the largest, everything else exactly.
    static func difference(_ new: Value, _ old: Value) -> String? {
        guard let a = new.tensor, let b = old.tensor else {
            return ValueComparison.difference(new, old, tolerance: 1e-4)
        }
        let bound = b.elementType.isFloatingPoint ? 1e-4 : 0
        let comparison = TensorComparison(a, reference: b, tolerance: .agreement(bound, nanEqualsNaN: true))
        return comparison.agrees ? nil : comparison.description
    }
}

extension Model {
    /// The types of its nodes, sorted.
    var operatorTypes: [String] { graph.nodes.map(\.operatorType).sorted() }

    /// How many nodes of the main graph are of a type.
    func count(_ type: String) -> Int { graph.nodes.count { $0.operatorType == type } }
}

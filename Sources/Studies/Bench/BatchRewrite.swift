package import Graphs
import Operators
import Tensors

/// Changes the batch of a model whose inputs have a fixed one: the same bytes for every engine.
///
/// The first extent of every input becomes the new batch; where the shape that a `Reshape` asks for is a constant that
/// begins with the old batch, it begins with the new one. Shape inference then has to find the new batch at the front of
/// every output, or the batch cannot be changed.
package enum BatchRewrite {
    /// What stands in the way, in words.
    package struct Obstacle: Error, Hashable {
        /// Why the batch cannot be changed.
        package let reason: String
    }

    /// True where an input begins with a fixed batch that is another one; an input that is fed by a rule of its own keeps its
    /// batch elsewhere.
    static func fixes(_ info: ValueInfo, otherThan batch: Int, fed feeds: [String: BenchModel.Feed]) -> Bool {
        guard feeds[info.name] == nil, case .tensor(_, let shape?)? = info.type,
            let first = shape.dimensions.first?.value
        else { return false }
        // Exporters write an open extent as a symbol, as -1, or as 0.
        return first > 0 && first != batch
    }

    /// The model with another batch.
    package static func rebatched(_ model: Model, to batch: Int) throws(Obstacle) -> Model {
        var model = model
        let old = try fixedBatch(of: model)
        let constants = Set(model.graph.initializers.map(\.name))
        for index in model.graph.inputs.indices where !constants.contains(model.graph.inputs[index].name) {
            model.graph.inputs[index] = rebatched(model.graph.inputs[index], to: batch)
        }
        for index in model.graph.outputs.indices {
            model.graph.outputs[index] = rebatched(model.graph.outputs[index], to: batch)
        }
        model.graph.valueInfos = []
        for node in model.graph.nodes where node.operatorType == "Reshape" && node.domain.isEmpty {
            guard node.inputs.count > 1, let target = try rebatched(shape: node.inputs[1], of: model, old, batch) else {
                continue
            }
            do throws(GraphError) { try model.graph.replaceInitializer(node.inputs[1], with: target) } catch {
                throw Obstacle(reason: error.description)
            }
        }
        try check(model, batch)
        return model
    }

    private static func fixedBatch(of model: Model) throws(Obstacle) -> Int {
        let extents = model.graph.requiredInputs.compactMap { info -> Int? in
            guard case .tensor(_, let shape?)? = info.type else { return nil }
            return shape.dimensions.first?.value
        }
        guard let first = extents.first, Set(extents).count == 1 else {
            throw Obstacle(reason: "its inputs do not begin with one fixed batch")
        }
        return first
    }

    private static func rebatched(_ info: ValueInfo, to batch: Int) -> ValueInfo {
        guard case .tensor(let element, var shape?)? = info.type, !shape.dimensions.isEmpty else { return info }
        shape.dimensions[0] = .fixed(batch)
        var info = info
        info.type = .tensor(element, shape)
        return info
    }

    /// The shape that a Reshape asks for, with the new batch; `nil` where it need not change.
    private static func rebatched(
        shape name: String, of model: Model, _ old: Int, _ batch: Int
    ) throws(Obstacle) -> Tensor? {
        guard let extents = try? model.graph.initializer(name)?.values(of: Int64.self), extents.count > 1,
            extents[0] == Int64(old)
        else { return nil }
        do throws(TensorError) {
            return try Tensor([Int64(batch)] + extents.dropFirst(), shape: [extents.count])
        } catch {
            throw Obstacle(reason: error.description)
        }
    }

    private static func check(_ model: Model, _ batch: Int) throws(Obstacle) {
        let typed: TypedModel
        do throws(OperatorError) {
            var inference = ShapeInference(catalogue: .standard)
            inference.foldingLimit = 1 << 12
            typed = try inference.infer(model)
        } catch {
            throw Obstacle(reason: "with another batch its shapes do not fit: \(error)")
        }
        for output in model.graph.outputs {
            guard case .tensor(_, let shape?)? = typed.facts[output.name]?.type, shape.dimensions.first == .fixed(batch)
            else { throw Obstacle(reason: "output '\(output.name)' does not begin with the batch") }
        }
    }
}

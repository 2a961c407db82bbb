import Graphs
import Tensors

/// Whether rounding stays rounding in a graph.
enum Conditioning {
    /// By how much each rounded value is changed, relative to itself: four units in the last place of `f32`.
    static let change: Float = 5e-7
    /// By how much an output may change, relative to its largest element.
    static let bound = 5e-5

    /// Runs a graph with every rounded value changed a little, some up, some down, and compares the outputs.
    static func isWell(_ graph: RandomGraph, reference: [String: Value], rounded: [String: ElementType]) -> Bool {
        var random = SplitMix64(seed: graph.seed ^ 0x5EED)
        var model = graph.model
        var names = FreshNames(model)
        for (name, type) in rounded.sorted(by: { $0.key < $1.key }) {
            let factor = 1 + change * (random.integer(in: 0...1) == 0 ? 1 : -1)
            guard let tensor = try? Tensor(scalar: factor).converted(to: type) else { continue }
            let constant = names.make("change")
            model.graph.initializers.append(Initializer(name: constant, tensor: tensor))
            _ = try? model.graph.insert(after: name, names: &names) { input, output in
                [Node("Mul", inputs: [input, constant], outputs: [output])]
            }
        }
        model.irVersion = max(model.irVersion, 4)
        guard let changed = try? PreparedInterpreter(model).run(values: graph.inputs) else { return false }
        return graph.model.graph.outputs.allSatisfy { info in
            guard let old = reference[info.name], let new = changed[info.name] else { return false }
            return agree(new, old)
        }
    }

    private static func agree(_ new: Value, _ old: Value) -> Bool {
        guard let a = new.tensor, let b = old.tensor else { return true }
        let tolerance = b.elementType.isFloatingPoint ? bound : 0
        return TensorComparison(a, reference: b, tolerance: .agreement(tolerance, nanEqualsNaN: true)).agrees
    }
}

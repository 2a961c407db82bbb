public import Graphs
public import Operators
import Tensors

/// Whether inferred types say nothing false.
public enum TypeCompatibility {
    /// True where a value of the actual type may be where the inferred one was promised.
    public static func holds(_ inferred: ValueType, _ actual: ValueType) -> Bool {
        switch (inferred, actual) {
        case (.tensor(let a, let shape), .tensor(let b, let other)):
            guard a == b, let shape, let other else { return a == b }
            guard shape.dimensions.count == other.dimensions.count else { return false }
            return zip(shape.dimensions, other.dimensions).allSatisfy { $0.value == nil || $0 == $1 }
        case (.sequence(let a), .sequence(let b)), (.optional(let a), .optional(let b)): return holds(a, b)
        default: return inferred == actual
        }
    }

    /// What inference says of a model's outputs and is not so, in words; the types that the model states are withheld.
    public static func falsehood(of model: Model, _ outputs: [String: Value]) throws -> String? {
        var blurred = model
        for index in blurred.graph.outputs.indices { blurred.graph.outputs[index].type = nil }
        let typed = try ShapeInference().infer(blurred)
        for (name, value) in outputs.sorted(by: { $0.key < $1.key }) {
            guard let inferred = typed.type(of: name), !holds(inferred, value.type) else { continue }
            return "\(name) is inferred as \(inferred) and is \(value.type)"
        }
        return nil
    }
}

package import Graphs
import Tensors

/// The names and symbols of the model file, which an engine's own description may lose.
package struct DeclaredValues {
    private let inputs: [ValueInfo]
    private let outputs: [ValueInfo]

    /// Reads a model's declarations; none where the file cannot be read.
    package init(_ source: ModelSource) {
        guard let graph = try? Model(bytes: source.bytes, name: source.name, baseDirectory: source.directory).graph
        else {
            (inputs, outputs) = ([], [])
            return
        }
        let initialized = Set(graph.initializers.map(\.name))
        inputs = graph.inputs.filter { !initialized.contains($0.name) }
        outputs = graph.outputs
    }

    /// The engine's inputs under the file's names.
    package func naming(inputs values: [ValueInfo]) -> [ValueInfo] { Self.merge(values, inputs) }

    /// The engine's outputs under the file's names.
    package func naming(outputs values: [ValueInfo]) -> [ValueInfo] { Self.merge(values, outputs) }

    /// Both lists are in the file's order; where their lengths differ nothing can be said and the engine's names stay.
    private static func merge(_ values: [ValueInfo], _ declared: [ValueInfo]) -> [ValueInfo] {
        guard values.count == declared.count else { return values }
        return zip(values, declared).map { value, declared in
            ValueInfo(declared.name, merge(value.type, declared.type))
        }
    }

    /// The engine's type, with the file's symbols where it leaves an extent open, and the file's shape where it has none.
    private static func merge(_ type: ValueType?, _ declared: ValueType?) -> ValueType? {
        guard case .tensor(let element, let shape)? = type, case .tensor(_, let named?)? = declared else { return type }
        guard let shape else { return .tensor(element, named) }
        guard shape.dimensions.count == named.dimensions.count else { return type }
        let dimensions = zip(shape.dimensions, named.dimensions).map { extent, symbol in
            if case .unknown = extent, case .symbol = symbol { symbol } else { extent }
        }
        return .tensor(element, SymbolicShape(dimensions))
    }
}

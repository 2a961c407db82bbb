import Engines
import Graphs
import Tensors

/// The names and symbols of the model file, which OpenVINO's own description loses.
struct DeclaredValues {
    private let inputs: [ValueInfo]
    private let outputs: [ValueInfo]

    /// Reads a model's declarations; none where the file cannot be read.
    init(_ source: ModelSource) {
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
    func naming(inputs values: [ValueInfo]) -> [ValueInfo] { Self.merge(values, inputs) }

    /// The engine's outputs under the file's names.
    func naming(outputs values: [ValueInfo]) -> [ValueInfo] { Self.merge(values, outputs) }

    /// Both lists are in the file's order; where their lengths differ nothing can be said and the engine's names stay.
    private static func merge(_ values: [ValueInfo], _ declared: [ValueInfo]) -> [ValueInfo] {
        guard values.count == declared.count else { return values }
        return zip(values, declared).map { value, declared in
            ValueInfo(declared.name, merge(value.type, declared.type))
        }
    }

    /// The engine's type with the file's symbols where the engine leaves an extent open.
    private static func merge(_ type: ValueType?, _ declared: ValueType?) -> ValueType? {
        guard case .tensor(let element, let shape?)? = type, case .tensor(_, let named?)? = declared,
            shape.dimensions.count == named.dimensions.count
        else { return type }
        let dimensions = zip(shape.dimensions, named.dimensions).map { extent, symbol in
            if case .unknown = extent, case .symbol = symbol { symbol } else { extent }
        }
        return .tensor(element, SymbolicShape(dimensions))
    }
}

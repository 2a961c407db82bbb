import Graphs
import Tensors

/// Checks what a caller feeds against the inputs a model declares.
struct InputCheck {
    let inputs: [ValueInfo]
    /// Inputs that an initializer provides where the caller gives none.
    let provided: Set<String>

    func check(_ values: [String: Value]) throws(OperatorError) {
        let known = Set(inputs.map(\.name))
        if let stranger = values.keys.sorted().first(where: { !known.contains($0) }) {
            let names = inputs.map(\.name).filter { !provided.contains($0) }.joined(separator: "', '")
            throw OperatorError(
                .arity, subject: "input '\(stranger)'", reason: "the model has no input of this name",
                remedy: "its inputs are '\(names)'")
        }
        var symbols: [String: (extent: Int, input: String)] = [:]
        for input in inputs {
            guard let value = values[input.name] else {
                if provided.contains(input.name) { continue }
                throw OperatorError(
                    .arity, subject: "input '\(input.name)'", reason: "it is missing",
                    remedy: "feed it as \(input.type.map(\.text) ?? "a tensor")")
            }
            guard case .tensor(let element, let shape)? = input.type else { continue }
            guard let tensor = value.tensor, tensor.elementType == element else {
                throw OperatorError(
                    .type, subject: "input '\(input.name)'", reason: "it is \(value.type.text)",
                    remedy: "feed \(ValueType.tensor(element, shape).text)")
            }
            guard let shape else { continue }
            try check(tensor.shape, shape, input, &symbols)
        }
    }

    private func check(
        _ actual: Shape, _ declared: SymbolicShape, _ input: ValueInfo,
        _ symbols: inout [String: (extent: Int, input: String)]
    ) throws(OperatorError) {
        let mismatch = OperatorError(
            .shape, subject: "input '\(input.name)'",
            reason: "its shape is \(actual) where the model takes \(declared.text)",
            remedy: "reshape or resize it")
        guard actual.rank == declared.dimensions.count else { throw mismatch }
        for (extent, dimension) in zip(actual, declared.withoutPlaceholders.dimensions) {
            switch dimension {
            case .fixed(let value): if value >= 0, value != extent { throw mismatch }
            case .unknown: break
            case .symbol(let name):
                if let first = symbols[name], first.extent != extent {
                    throw OperatorError(
                        .shape, subject: "input '\(input.name)'",
                        reason: "'\(name)' is \(extent) here and \(first.extent) in input '\(first.input)'")
                }
                symbols[name] = (extent, input.name)
            }
        }
    }
}

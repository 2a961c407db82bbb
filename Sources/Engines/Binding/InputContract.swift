package import Graphs
package import Operators
package import Tensors

/// What a prepared model accepts, checked before the engine sees an input; checking a valid input allocates nothing.
package struct InputContract: Sendable {
    private struct Expectation: Sendable {
        let name: String
        /// `nil` for a value that is no tensor.
        let elementType: ElementType?
        /// Extents, with -1 for any; `nil` when even the rank is free.
        let extents: [Int]?
        let text: String
    }

    private let expectations: [Expectation]
    private let model: String

    /// Reads the contract of a model's inputs.
    package init(_ inputs: [ValueInfo], model: String) {
        self.model = model
        expectations = inputs.map { input in
            guard case .tensor(let elementType, let shape)? = input.type?.fedType else {
                return Expectation(
                    name: input.name, elementType: nil, extents: nil,
                    text: input.type?.text ?? "a value of unknown type")
            }
            return Expectation(
                name: input.name, elementType: elementType, extents: shape?.dimensions.map { $0.value ?? -1 },
                text: ValueType.tensor(elementType, shape).text)
        }
    }

    /// Checks the tensors that a caller feeds.
    ///
    /// - Throws: `EngineError` of code `invalidInput` that names the input, what was expected and what was given.
    package func check(_ tensors: [Tensor]) throws(EngineError) {
        try check(count: tensors.count)
        for index in tensors.indices where !accepts(tensors[index], expectations[index]) {
            let tensor = tensors[index]
            throw refusal(of: .tensor(tensor.elementType, SymbolicShape(tensor.shape)), expectations[index])
        }
    }

    /// Checks the values that a caller feeds; whether one that is no tensor fits, the engine itself says.
    ///
    /// - Throws: `EngineError` of code `invalidInput`, as `check(_:)` does.
    package func check(values: [Value]) throws(EngineError) {
        try check(count: values.count)
        for (value, expected) in zip(values, expectations) {
            guard let present = value.present else { continue }
            let isAccepted = present.tensor.map { accepts($0, expected) } ?? (expected.elementType == nil)
            if !isAccepted { throw refusal(of: present.type, expected) }
        }
    }

    private func check(count: Int) throws(EngineError) {
        guard count != expectations.count else { return }
        let names = expectations.map(\.name).joined(separator: ", ")
        throw EngineError(
            .invalidInput, subject: model, reason: "it has \(expectations.count) inputs and was given \(count)",
            remedy: "feed, in order: \(names)")
    }

    private func refusal(of type: ValueType, _ expected: Expectation) -> EngineError {
        EngineError(
            .invalidInput, subject: "\(model), input \(expected.name)",
            reason: "it takes \(expected.text) and was given \(type.text)",
            remedy: expected.elementType == nil
                ? "feed a value of that type, where the engine is given values" : "feed a tensor of that type and shape"
        )
    }

    private func accepts(_ tensor: Tensor, _ expected: Expectation) -> Bool {
        guard tensor.elementType == expected.elementType else { return false }
        guard let extents = expected.extents else { return true }
        guard tensor.shape.rank == extents.count else { return false }
        for axis in extents.indices where extents[axis] >= 0 && extents[axis] != tensor.shape[axis] { return false }
        return true
    }
}

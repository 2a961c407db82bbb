package import Graphs
package import Tensors

/// What a prepared model accepts, checked before the engine sees an input; checking a valid input allocates nothing.
package struct InputContract: Sendable {
    private struct Expectation: Sendable {
        let name: String
        let elementType: ElementType
        /// Extents, with -1 for any; `nil` when even the rank is free.
        let extents: [Int]?
        let text: String
    }

    private let expectations: [Expectation]
    private let model: String

    /// Reads the contract of a model's inputs.
    ///
    /// - Throws: `EngineError` of code `refusedModel` when an input is not a tensor, which no session can feed.
    package init(_ inputs: [ValueInfo], model: String) throws(EngineError) {
        self.model = model
        var expectations: [Expectation] = []
        for input in inputs {
            guard case .tensor(let elementType, let shape)? = input.type?.fedType else {
                throw EngineError(
                    .refusedModel, subject: "\(model), input \(input.name)",
                    reason: "it is \(input.type?.text ?? "of unknown type"), and only tensors can be fed")
            }
            expectations.append(
                Expectation(
                    name: input.name, elementType: elementType, extents: shape?.dimensions.map { $0.value ?? -1 },
                    text: ValueType.tensor(elementType, shape).text))
        }
        self.expectations = expectations
    }

    /// Checks the tensors that a caller feeds.
    ///
    /// - Throws: `EngineError` of code `invalidInput` that names the input, what was expected and what was given.
    package func check(_ tensors: [Tensor]) throws(EngineError) {
        guard tensors.count == expectations.count else {
            let names = expectations.map(\.name).joined(separator: ", ")
            throw EngineError(
                .invalidInput, subject: model,
                reason: "it has \(expectations.count) inputs and was given \(tensors.count)",
                remedy: "feed, in order: \(names)")
        }
        for index in tensors.indices where !accepts(tensors[index], expectations[index]) {
            let expected = expectations[index]
            let given = ValueType.tensor(tensors[index].elementType, SymbolicShape(tensors[index].shape)).text
            throw EngineError(
                .invalidInput, subject: "\(model), input \(expected.name)",
                reason: "it takes \(expected.text) and was given \(given)",
                remedy: "feed a tensor of that type and shape")
        }
    }

    private func accepts(_ tensor: Tensor, _ expected: Expectation) -> Bool {
        guard tensor.elementType == expected.elementType else { return false }
        guard let extents = expected.extents else { return true }
        guard tensor.shape.rank == extents.count else { return false }
        for axis in extents.indices where extents[axis] >= 0 && extents[axis] != tensor.shape[axis] { return false }
        return true
    }
}

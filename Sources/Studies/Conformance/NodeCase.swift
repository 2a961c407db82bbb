package import Assets
import Engines
package import Graphs
package import Operators
package import Tensors

/// One node case of the onnx package: a model, what to feed, and what must come out within the case's own bounds.
package struct NodeCase: Sendable {
    /// The name, as `test_abs`.
    package let name: String
    /// The model, read.
    package let model: Model
    /// The model's own bytes.
    package let bytes: Bytes
    /// What to feed, by the names of the model's inputs.
    package let inputs: [String: Value]
    /// What must come out, in the order of the model's outputs.
    package let expected: [(name: String, value: Value)]
    /// Whether the standard leaves the values to chance; then only types and shapes are compared.
    package let isDrawn: Bool
    private let tolerance: Tolerance

    /// Reads a case.
    ///
    /// - Throws: `GraphError` where a file cannot be read.
    package init(_ name: String, in cases: NodeCases) throws(GraphError) {
        self.name = name
        let path = cases.file("model", of: name)
        do { bytes = try Bytes(mapping: path) } catch {
            throw GraphError(.unreadableFile, subject: path, reason: error.reason)
        }
        model = try Model(bytes: bytes, name: name)
        let fed = try NodeCaseValues(contentsOf: cases.file("inputs", of: name))
        let due = try NodeCaseValues(contentsOf: cases.file("outputs", of: name))
        inputs = Dictionary(
            model.graph.inputs.enumerated().compactMap { index, info in
                fed.value(at: String(index), type: info.type).map { (info.name, $0) }
            }, uniquingKeysWith: { first, _ in first })
        expected = model.graph.outputs.enumerated().compactMap { index, info in
            due.value(at: String(index), type: info.type).map { (info.name, $0) }
        }
        tolerance = .elementwise(
            absolute: due.number("atol") ?? 1e-7, relative: due.number("rtol") ?? 1e-3, nanEqualsNaN: true)
        isDrawn = Chance(inputs: inputs).decides(model.graph.nodes)
    }

    /// The version stamps.
    package var opset: Int { model.opsets[""] ?? 0 }

    /// Where outputs differ from what is due, in words; `nil` where none does.
    package func difference(_ outputs: [String: Value]) -> String? {
        for (name, value) in expected {
            guard let output = outputs[name] else { return "there is no output '\(name)'" }
            if let words = difference(output, value) { return "\(name): \(words)" }
        }
        return nil
    }

    private func difference(_ actual: Value, _ due: Value) -> String? {
        switch (actual.present, due.present) {
        case (nil, nil): return nil
        case (nil, .some): return "it is missing"
        case (.some(let value), nil): return "it is \(value.type.brief) and should be missing"
        case (.sequence(let elements, _)?, .sequence(let others, _)?):
            guard elements.count == others.count else {
                return "\(elements.count) elements should be \(others.count)"
            }
            return zip(elements, others).lazy.compactMap { difference($0, $1) }.first
        case (.some(let value), .some(let other)):
            guard let tensor = value.tensor, let reference = other.tensor else {
                return "\(value.type.brief) should be \(other.type.brief)"
            }
            return difference(tensor, reference)
        }
    }

    private func difference(_ tensor: Tensor, _ reference: Tensor) -> String? {
        var tolerance = tolerance
        // As the package's own runner does: two units in the last place of bf16 at least.
        if reference.elementType == .bfloat16 { tolerance.relative = max(tolerance.relative, 0x1p-6) }
        let comparison = TensorComparison(tensor, reference: reference, tolerance: tolerance)
        switch comparison.outcome {
        case .agrees: return nil
        case .nonFinite, .values: return isDrawn ? nil : comparison.place
        case .shape, .elementType: return comparison.description
        }
    }
}

extension TensorComparison {
    /// `3 of 12 elements, the worst at [0, 0]: -98 should be -97`.
    fileprivate var place: String {
        let odd = outcome == .nonFinite ? nonFiniteMismatches : outlierCount
        guard let worstIndex, worstValues.count == 2 else { return "\(odd) of \(count) elements" }
        return "\(odd) of \(count) elements, the worst at \(worstIndex): \(worstValues[0]) should be \(worstValues[1])"
    }
}

extension ValueType {
    /// The kind of value, as messages write it.
    fileprivate var brief: String {
        switch self {
        case .tensor(let type, _): "a tensor of \(type.name)"
        case .sequence: "a sequence"
        case .optional: "an optional"
        case .sparseTensor: "a sparse tensor"
        case .map: "a map"
        case .opaque: "an opaque value"
        }
    }
}

import Graphs
import Tensors

/// One value at every place of a shape given as an input.
struct ConstantOfShape: Operator {
    let name = "ConstantOfShape"
    let family = OperatorFamily.generation
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input", TypeSets.int64)], outputs: [.init("output", TypeSets.all)],
        attributes: [.init("value")], versions: [9, 20, 21, 23, 24, 25])

    private func value(_ site: CallSite) throws(OperatorError) -> Tensor {
        let value = try attributes(site).optionalTensor("value") ?? Tensor([Float(0)])
        guard value.elementCount == 1 else {
            throw OperatorError(.attribute, subject: site.path, reason: "attribute 'value' holds more than one element")
        }
        return value
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let type = try value(site).elementType
        guard site.rank(0) ?? 1 == 1 else {
            throw OperatorError(
                .shape, subject: site.path, reason: "a shape is a vector, not \(site.shape(0)?.text ?? "?")")
        }
        if let elements = site.elements(0) { return [.tensor(type, SymbolicShape(elements))] }
        guard let count = site.shape(0)?.dimensions.first?.value, count <= 64 else { return [.tensor(type, nil)] }
        return [.tensor(type, SymbolicShape(Array(repeating: .unknown, count: count)))]
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        guard let shape = site.elements(0), shape.count == 1, let count = shape[0].value, count >= 0, count <= 64,
            let value = try? value(site).integers(site.path).first
        else { return [] }
        return [Array(repeating: .fixed(value), count: count)]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        _ = try inferTypes(call.typedSite)
        let shape = Shape(try call.tensor(0).integers(call.path))
        let count = try shape.allocatableCount(call.path)
        return [.tensor(try value(call.site).rearranged(to: shape, Repetition(count: count), path: call.path))]
    }

    private struct Repetition: RearrangementKernel {
        let count: Int

        func run<T: Sendable>(_ elements: [T], zero: T) throws(OperatorError) -> [T] {
            [T](repeating: elements.first ?? zero, count: count)
        }
    }

    var examples: [Example] {
        [
            Example(
                "zeros", opset: 9, inputs: [.ints([2, 3])], constantInputs: [0],
                expected: [.floats([0, 0, 0, 0, 0, 0], [2, 3])], isDifferentiable: false),
            Example(
                "integers", opset: 9, attributes: [.init("value", .tensor(Tensor([Int64(7)])))],
                inputs: [.ints([2])], expected: [.ints([7, 7])], isDifferentiable: false),
            Example(
                "a scalar", opset: 9, attributes: [.init("value", .tensor(Tensor([Int32(1)])))],
                inputs: [.ints([])], expected: [.tensor([Int32(1)], [])], isDifferentiable: false),
            Example(
                "nothing", opset: 9, inputs: [.ints([0])], expected: [.floats([], [0])], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// Each element kept within bounds; a bound is an attribute before version 11 and an optional scalar input since.
struct Clip: Operator {
    let name = "Clip"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("input", TypeSets.numbers), .init("min", TypeSets.numbers, .optional),
            .init("max", TypeSets.numbers, .optional),
        ], outputs: [.init("output", TypeSets.numbers)],
        attributes: [.init("min"), .init("max")], versions: [6, 11, 12, 13])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        _ = try commonElementType(site)
        return [site.operand(0)?.type]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: 2 * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let (lower, upper) = (try attributes.optionalFloat("min"), try attributes.optionalFloat("max"))
        return try call.widened { (call) throws(OperatorError) in
            let kernel = Bounds(
                tensor: try call.tensor(0), lowerInput: try call.optionalTensor(1),
                upperInput: try call.optionalTensor(2), lower: lower, upper: upper, path: call.path)
            return [try kernel.tensor.elementType.dispatch(kernel, path: call.path)]
        }
    }

    private struct Bounds: NumberKernel {
        let tensor: Tensor
        let lowerInput: Tensor?
        let upperInput: Tensor?
        let lower: Float?
        let upper: Float?
        let path: String

        private func bound<T: Number>(_ input: Tensor?, _ attribute: Float?) throws(OperatorError) -> T? {
            guard let input else { return attribute.map { T(saturating: Double($0)) } }
            let values: [T] = try input.elements(path)
            guard values.count == 1 else {
                throw OperatorError(.shape, subject: path, reason: "a bound of shape \(input.shape) is not a scalar")
            }
            return values.first
        }

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let low: T = try bound(lowerInput, lower) ?? .lowest
            let high: T = try bound(upperInput, upper) ?? .highest
            let values: [T] = try tensor.elements(path)
            // The upper bound wins where they cross, and NaN stays.
            let result = ElementwiseLoops.map(values) { x in
                let raised = x < low ? low : x
                return raised > high ? high : raised
            }
            return try .make(result, tensor.shape, path)
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let attributes = attributes(site)
        var outside: [String] = []
        for (index, name, comparison) in [(1, "min", "Less"), (2, "max", "Greater")] {
            if site.hasInput(index) {
                outside.append(builder.body.call(comparison, [builder.input(0), builder.input(index)]))
            } else if let bound = try attributes.optionalFloat(name) {
                outside.append(builder.body.call(comparison, [builder.input(0), try builder.scalar(Double(bound))]))
            }
        }
        guard let first = outside.first else {
            builder.result(0, builder.gradient())
            return builder.pullback()
        }
        let mask = outside.count == 1 ? first : builder.body.call("Or", outside)
        builder.result(0, builder.body.call("Where", [mask, try builder.scalar(0), builder.gradient()]))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        let attributes = attributes(site)
        var bounds: [Float] = [-.infinity, .infinity]
        for (index, name) in [(1, "min"), (2, "max")] {
            if site.hasInput(index) {
                guard let constant = site.operand(index)?.constant, let value = try? constant.floats().first else {
                    return nil
                }
                bounds[index - 1] = value
            } else if let value = try? attributes.optionalFloat(name) {
                bounds[index - 1] = value
            }
        }
        return Lowering(.unary(.clip(lower: bounds[0], upper: bounds[1])), operands: [0])
    }

    var examples: [Example] {
        let data = Value.floats([-2, -0.5, 0.5, 2])
        return [
            Example(
                "attributes", opset: 6, attributes: [.init("min", .float(-1)), .init("max", .float(1))],
                inputs: [data], expected: [.floats([-1, -0.5, 0.5, 1])]),
            Example(
                "inputs", opset: 13, inputs: [data, .floats([-1], []), .floats([1], [])], constantInputs: [1, 2],
                expected: [.floats([-1, -0.5, 0.5, 1])]),
            Example(
                "upper bound only", opset: 11, inputs: [data, nil, .floats([0], [])],
                expected: [.floats([-2, -0.5, 0, 0])]),
            Example("no bounds", opset: 13, inputs: [data], expected: [data]),
            Example(
                "integers", opset: 12, inputs: [.ints([-5, 0, 5]), .ints([-2], []), .ints([3], [])],
                expected: [.ints([-2, 0, 3])], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// The data with each update slice written, or combined, where its tuple of indices points.
struct ScatterND: IndexingOperator {
    let name = "ScatterND"
    let signature = Signature(
        inputs: [.init("data", dataTypes), .init("indices", TypeSets.int64), .init("updates", dataTypes)],
        outputs: [.init("output", dataTypes)], attributes: [.init("reduction", default: .string("none"))],
        versions: [11, 13, 16, 18])

    var agreement: Agreement { .accumulation }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.operand(0)?.type] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (data, indices) = (try call.tensor(0), try call.tensor(1))
        let (places, length) = try Indices.slices(
            try indices.integers(call.path), shape: indices.shape, data: data.shape, call.path)
        let reduction = try ScatterReduction(attributes(call))
        return [
            .tensor(
                try reduction.scatter(
                    try call.tensor(2), into: data, places: places, length: length, path: call.path))
        ]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        try ScatterGradient.pullback(
            site, reduction: try ScatterReduction(attributes(site)), gather: "GatherND", scatter: "ScatterND", [])
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4], [2, 2])
        let reduction = { (name: String) in Attribute("reduction", .string(name)) }
        let repeated: [Value?] = [.floats([1, 2]), .ints([1, 1], [2, 1]), .floats([5, -3])]
        return [
            Example(
                "row", opset: 13, inputs: [data, .ints([1], [1, 1]), .floats([10, 20], [1, 2])], constantInputs: [1],
                expected: [.floats([1, 2, 10, 20], [2, 2])]),
            Example(
                "element", opset: 11, inputs: [data, .ints([0, -1], [1, 2]), .floats([10])], constantInputs: [1],
                expected: [.floats([1, 10, 3, 4], [2, 2])]),
            Example(
                "sum", opset: 16, attributes: [reduction("add")], inputs: repeated, constantInputs: [1],
                expected: [.floats([1, 4])]),
            Example(
                "product", opset: 16, attributes: [reduction("mul")], inputs: repeated, constantInputs: [1],
                expected: [.floats([1, -30])], isDifferentiable: false),
            Example(
                "largest", opset: 18, attributes: [reduction("max")], inputs: repeated, constantInputs: [1],
                expected: [.floats([1, 5])], isDifferentiable: false),
            Example(
                "smallest", opset: 18, attributes: [reduction("min")], inputs: repeated, constantInputs: [1],
                expected: [.floats([1, -3])], isDifferentiable: false),
        ]
    }
}

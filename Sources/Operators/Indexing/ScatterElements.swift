import Graphs
import Tensors

/// The data with each update written, or combined, at the place its index names along the axis.
struct ScatterElements: IndexingOperator {
    let name: String
    let signature: Signature

    /// `ScatterElements`, or under its first name `Scatter`.
    init(name: String = "ScatterElements", versions: [Int] = [11, 13, 16, 18]) {
        self.name = name
        signature = Signature(
            inputs: [
                .init("data", Self.dataTypes), .init("indices", TypeSets.indices), .init("updates", Self.dataTypes),
            ],
            outputs: [.init("output", Self.dataTypes)],
            attributes: [.init("axis", default: .int(0)), .init("reduction", default: .string("none"))],
            versions: versions)
    }

    var agreement: Agreement { .accumulation }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.operand(0)?.type] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (data, indices) = (try call.tensor(0), try call.tensor(1))
        let axis = try Axes.normalize(try attributes(call).int("axis"), rank: data.shape.rank, call.path)
        let places = try Indices.positions(
            try indices.integers(call.path), shape: indices.shape, data: data.shape, axis: axis, call.path)
        let reduction = try ScatterReduction(attributes(call))
        return [
            .tensor(
                try reduction.scatter(try call.tensor(2), into: data, places: places, length: 1, path: call.path))
        ]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let axis = Attribute("axis", .int(try attributes(site).int("axis")))
        return try ScatterGradient.pullback(
            site, reduction: try ScatterReduction(attributes(site)), gather: "GatherElements",
            scatter: "ScatterElements", [axis])
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4], [2, 2])
        let indices = Value.ints([1, 0], [1, 2])
        guard name == "ScatterElements" else {
            return [
                Example(
                    "columns", opset: 9, inputs: [data, indices, .floats([10, 20], [1, 2])], constantInputs: [1],
                    expected: [.floats([1, 20, 10, 4], [2, 2])], isDifferentiable: false)
            ]
        }
        let repeated: [Value?] = [
            .floats([1, 2, 3, 4]), .ints([1, -1, 1]), .floats([10, 0.5, -2]),
        ]
        let reduction = { (name: String) in Attribute("reduction", .string(name)) }
        return [
            Example(
                "columns", opset: 13, inputs: [data, indices, .floats([10, 20], [1, 2])], constantInputs: [1],
                expected: [.floats([1, 20, 10, 4], [2, 2])]),
            Example(
                "rows", opset: 11, attributes: [Attribute("axis", .int(-1))],
                inputs: [data, .ints([1, 0], [2, 1]), .floats([10, 20], [2, 1])], constantInputs: [1],
                expected: [.floats([1, 10, 20, 4], [2, 2])]),
            Example(
                "sum", opset: 16, attributes: [reduction("add")], inputs: repeated, constantInputs: [1],
                expected: [.floats([1, 10, 3, 4.5])]),
            Example(
                "product", opset: 16, attributes: [reduction("mul")], inputs: repeated, constantInputs: [1],
                expected: [.floats([1, -40, 3, 2])], isDifferentiable: false),
            Example(
                "largest", opset: 18, attributes: [reduction("max")], inputs: repeated, constantInputs: [1],
                expected: [.floats([1, 10, 3, 4])], isDifferentiable: false),
            Example(
                "smallest", opset: 18, attributes: [reduction("min")], inputs: repeated, constantInputs: [1],
                expected: [.floats([1, -2, 3, 0.5])], isDifferentiable: false),
        ]
    }
}

/// Gradients of scatters: what is overwritten gets nothing, what is written gets what its place gets.
enum ScatterGradient {
    static func pullback(
        _ site: CallSite, reduction: ScatterReduction, gather: String, scatter: String, _ attributes: [Attribute]
    ) throws(OperatorError) -> Pullback {
        guard reduction == .none || reduction == .add else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "a scatter by '\(reduction.rawValue)' has no gradient",
                remedy: "scatter with reduction none or add")
        }
        var builder = PullbackBuilder(site)
        builder.body = NodeWriter(opset: max(builder.body.opset, 11))
        let upstream = builder.gradient()
        if reduction == .add {
            builder.result(0, upstream)
        } else {
            let zeros = try builder.body.zeros(
                builder.body.shape(builder.input(2)), try site.requireElementType(2))
            builder.result(0, builder.body.call(scatter, [upstream, builder.input(1), zeros], attributes))
        }
        builder.result(2, builder.body.call(gather, [upstream, builder.input(1)], attributes))
        return builder.pullback()
    }
}

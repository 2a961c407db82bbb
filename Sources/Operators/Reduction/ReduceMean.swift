import Graphs
import Tensors

/// The mean along axes.
struct ReduceMean: ReductionOperator {
    let name = "ReduceMean"
    static let versions = [1, 11, 13, 18]
    static let kind: Kernel.ReductionKind? = .mean

    func reduce(_ tensor: Tensor, _ plan: AxisReduction, _ path: String) throws(OperatorError) -> Value {
        try tensor.elementType.dispatch(Fold(tensor: tensor, plan: plan, path: path), path: path)
    }

    private struct Fold: NumberKernel {
        let tensor: Tensor
        let plan: AxisReduction
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try tensor.elements(path)
            let count = T(saturating: Double(plan.offsets.count))
            let results = plan.fold(
                values, initial: T.zero, filling: T.zero, { $0.plus($1) }, { $0.divided(by: count) })
            return try .make(results, plan.resultShape, path)
        }
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ context: ReductionGradient
    ) throws(OperatorError) -> String? {
        let spread = builder.body.call("Expand", [context.gradient, builder.body.shape(builder.input(0))])
        let type = try builder.site.requireElementType(0)
        // The number of elements behind one mean, as the quotient of sizes, so that extents need not be known.
        let size = builder.body.cast(builder.body.call("Size", [builder.input(0)]), to: type)
        let results = builder.body.cast(builder.body.call("Size", [builder.output(0)]), to: type)
        return builder.body.multiply(spread, builder.body.divide(results, size))
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 7], [2, 3])
        return [
            Example(
                "axes as input", opset: 18, inputs: [data, .ints([1])], constantInputs: [1],
                expected: [.floats([2, 5.3333335], [2, 1])]),
            Example(
                "axes as attribute, dimensions dropped", opset: 13,
                attributes: [.init("axes", .ints([0])), .init("keepdims", .int(0))], inputs: [data],
                expected: [.floats([2.5, 3.5, 5], [3])]),
            Example("everything", opset: 11, inputs: [data], expected: [.floats([3.6666667], [1, 1])]),
            Example(
                "two axes of three", opset: 18, attributes: [.init("keepdims", .int(0))],
                inputs: [.noise([2, 3, 4], shift: 2), .ints([-1, 0])], constantInputs: [1]),
            Example(
                "integers", opset: 18, inputs: [.ints([1, 2, 3, 4], [2, 2]), .ints([-1])],
                expected: [.ints([1, 3], [2, 1])], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// The sum along axes.
struct ReduceSum: ReductionOperator {
    let name = "ReduceSum"
    static let versions = [1, 11, 13]
    static let axesInputVersion = 13
    static let kind: Kernel.ReductionKind? = .sum

    func reduce(_ tensor: Tensor, _ plan: AxisReduction, _ path: String) throws(OperatorError) -> Value {
        try tensor.elementType.dispatch(Sum(tensor: tensor, plan: plan, path: path), path: path)
    }

    private struct Sum: NumberKernel {
        let tensor: Tensor
        let plan: AxisReduction
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try tensor.elements(path)
            let sums = plan.fold(values, initial: T.zero, filling: T.zero, { $0.plus($1) }, { $0 })
            return try .make(sums, plan.resultShape, path)
        }
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ context: ReductionGradient
    ) throws(OperatorError) -> String? {
        builder.body.call("Expand", [context.gradient, builder.body.shape(builder.input(0))])
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [2, 3])
        return [
            Example(
                "axes as input", opset: 13, inputs: [data, .ints([1])], constantInputs: [1],
                expected: [.floats([6, 15], [2, 1])]),
            Example(
                "axes as attribute, dimensions dropped", opset: 11,
                attributes: [.init("axes", .ints([0])), .init("keepdims", .int(0))], inputs: [data],
                expected: [.floats([5, 7, 9], [3])]),
            Example("everything", opset: 13, inputs: [data], expected: [.floats([21], [1, 1])]),
            Example(
                "nothing", opset: 13, attributes: [.init("noop_with_empty_axes", .int(1))], inputs: [data],
                expected: [data], isDifferentiable: false),
            Example(
                "negative axes", opset: 13, attributes: [.init("keepdims", .int(0))],
                inputs: [.noise([2, 3, 4]), .ints([-1, 0])], constantInputs: [1]),
        ]
    }
}

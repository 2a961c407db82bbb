import Graphs
import Tensors

/// The sum of squares along axes.
struct ReduceSumSquare: ReductionOperator {
    let name = "ReduceSumSquare"
    static let versions = [1, 11, 13, 18]
    static let kind: Kernel.ReductionKind? = .sumOfSquares

    func reduce(_ tensor: Tensor, _ plan: AxisReduction, _ path: String) throws(OperatorError) -> Value {
        try tensor.elementType.dispatch(Fold(tensor: tensor, plan: plan, path: path), path: path)
    }

    private struct Fold: NumberKernel {
        let tensor: Tensor
        let plan: AxisReduction
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try tensor.elements(path)
            let results = plan.fold(values, initial: T.zero, filling: T.zero, { $0.plus($1.times($1)) }, { $0 })
            return try .make(results, plan.resultShape, path)
        }
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ context: ReductionGradient
    ) throws(OperatorError) -> String? {
        let twice = builder.body.multiply(builder.input(0), try builder.scalar(2))
        return builder.body.multiply(context.gradient, twice)
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 7], [2, 3])
        return [
            Example(
                "axes as input", opset: 18, inputs: [data, .ints([1])], constantInputs: [1],
                expected: [.floats([14, 90], [2, 1])]),
            Example(
                "axes as attribute, dimensions dropped", opset: 13,
                attributes: [.init("axes", .ints([0])), .init("keepdims", .int(0))], inputs: [data],
                expected: [.floats([17, 29, 58], [3])]),
            Example("everything", opset: 11, inputs: [data], expected: [.floats([104], [1, 1])]),
            Example(
                "two axes of three", opset: 18, attributes: [.init("keepdims", .int(0))],
                inputs: [.noise([2, 3, 4], shift: 2), .ints([-1, 0])], constantInputs: [1]),
            Example(
                "integers", opset: 18, inputs: [.ints([1, 2, 3, 4], [2, 2]), .ints([-1])],
                expected: [.ints([5, 25], [2, 1])], isDifferentiable: false),
        ]
    }
}

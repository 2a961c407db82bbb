import Graphs
import Tensors

/// The Euclidean norm along axes.
struct ReduceL2: ReductionOperator {
    let name = "ReduceL2"
    static let versions = [1, 11, 13, 18]
    static let kind: Kernel.ReductionKind? = .l2Norm

    func reduce(_ tensor: Tensor, _ plan: AxisReduction, _ path: String) throws(OperatorError) -> Value {
        try tensor.elementType.dispatch(Fold(tensor: tensor, plan: plan, path: path), path: path)
    }

    private struct Fold: NumberKernel {
        let tensor: Tensor
        let plan: AxisReduction
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try tensor.elements(path)
            let results = plan.fold(
                values, initial: T.zero, filling: T.zero, { $0.plus($1.times($1)) },
                { T(saturating: $0.asDouble.squareRoot()) })
            return try .make(results, plan.resultShape, path)
        }
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ context: ReductionGradient
    ) throws(OperatorError) -> String? {
        let direction = builder.body.divide(builder.input(0), context.output)
        return builder.body.multiply(context.gradient, direction)
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 7], [2, 3])
        return [
            Example(
                "axes as input", opset: 18, inputs: [data, .ints([1])], constantInputs: [1],
                expected: [.floats([3.7416575, 9.486833], [2, 1])]),
            Example(
                "axes as attribute, dimensions dropped", opset: 13,
                attributes: [.init("axes", .ints([0])), .init("keepdims", .int(0))], inputs: [data],
                expected: [.floats([4.1231055, 5.3851647, 7.6157731], [3])]),
            Example("everything", opset: 11, inputs: [data], expected: [.floats([10.198039], [1, 1])]),
            Example(
                "two axes of three", opset: 18, attributes: [.init("keepdims", .int(0))],
                inputs: [.noise([2, 3, 4], shift: 2), .ints([-1, 0])], constantInputs: [1]),
        ]
    }
}

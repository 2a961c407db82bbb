import Graphs
import Tensors

/// The logarithm of the sum along axes.
struct ReduceLogSum: ReductionOperator {
    let name = "ReduceLogSum"
    let agreement = Agreement.approximation
    static let versions = [1, 11, 13, 18, 28]

    func reduce(_ tensor: Tensor, _ plan: AxisReduction, _ path: String) throws(OperatorError) -> Value {
        try tensor.elementType.dispatchReal(Fold(tensor: tensor, plan: plan, path: path), path: path)
    }

    private struct Fold: RealKernel {
        let tensor: Tensor
        let plan: AxisReduction
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try tensor.elements(path)
            let results = plan.fold(values, initial: T.zero, filling: T.zero, { $0 + $1 }, { T.log($0) })
            return try .make(results, plan.resultShape, path)
        }
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ context: ReductionGradient
    ) throws(OperatorError) -> String? {
        let sum = builder.body.call("Exp", [context.output])
        let share = builder.body.divide(context.gradient, sum)
        return builder.body.call("Expand", [share, builder.body.shape(builder.input(0))])
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 7], [2, 3])
        return [
            Example(
                "axes as input", opset: 18, inputs: [data, .ints([1])], constantInputs: [1],
                expected: [.floats([1.7917595, 2.7725887], [2, 1])]),
            Example(
                "axes as attribute, dimensions dropped", opset: 13,
                attributes: [.init("axes", .ints([0])), .init("keepdims", .int(0))], inputs: [data],
                expected: [.floats([1.609438, 1.9459101, 2.3025851], [3])]),
            Example("everything", opset: 11, inputs: [data], expected: [.floats([3.0910425], [1, 1])]),
            Example(
                "two axes of three", opset: 18, attributes: [.init("keepdims", .int(0))],
                inputs: [.noise([2, 3, 4], shift: 2), .ints([-1, 0])], constantInputs: [1]),
        ]
    }
}

import Graphs
import Tensors

/// The logarithm of the sum of exponentials along axes, computed from the largest so that nothing overflows.
struct ReduceLogSumExp: ReductionOperator {
    let name = "ReduceLogSumExp"
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
            let largest = plan.fold(values, initial: -T.infinity, filling: T.zero, { $0 < $1 ? $1 : $0 }, { $0 })
            var results = largest
            for (index, start) in plan.starts.enumerated() {
                let shift = largest[index].isFinite ? largest[index] : 0
                var sum: T = 0
                for offset in plan.offsets { sum += T.exp(values[start + offset] - shift) }
                results[index] = T.log(sum) + shift
            }
            return try .make(results, plan.resultShape, path)
        }
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ context: ReductionGradient
    ) throws(OperatorError) -> String? {
        let share = builder.body.call("Exp", [builder.body.subtract(builder.input(0), context.output)])
        return builder.body.multiply(context.gradient, share)
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 7], [2, 3])
        return [
            Example(
                "axes as input", opset: 18, inputs: [data, .ints([1])], constantInputs: [1],
                expected: [.floats([3.4076059, 7.1698461], [2, 1])]),
            Example(
                "axes as attribute, dimensions dropped", opset: 13,
                attributes: [.init("axes", .ints([0])), .init("keepdims", .int(0))], inputs: [data],
                expected: [.floats([4.0485873, 5.0485873, 7.0181499], [3])]),
            Example("everything", opset: 11, inputs: [data], expected: [.floats([7.1928196], [1, 1])]),
            Example(
                "two axes of three", opset: 18, attributes: [.init("keepdims", .int(0))],
                inputs: [.noise([2, 3, 4], shift: 2), .ints([-1, 0])], constantInputs: [1]),
        ]
    }
}

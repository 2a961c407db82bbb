import Graphs
import Tensors

/// The smallest element along axes; NaN where one is NaN.
struct ReduceMin: ReductionOperator {
    let name = "ReduceMin"
    let agreement = Agreement.exact
    static let types = TypeSets.floats.union([.int32, .int64, .uint32, .uint64, .int8, .uint8, .bool])
    static let versions = [1, 11, 12, 13, 18, 20]
    static let kind: Kernel.ReductionKind? = .minimum

    func reduce(_ tensor: Tensor, _ plan: AxisReduction, _ path: String) throws(OperatorError) -> Value {
        if tensor.elementType == .bool {
            let bytes = try Conversion.convert(tensor, to: .uint8, path)
            let result = try UInt8.elementType.dispatch(Fold(tensor: bytes, plan: plan, path: path), path: path)
            return try result.tensor.map { (tensor) throws(OperatorError) in
                .tensor(try Conversion.convert(tensor, to: .bool, path))
            } ?? result
        }
        return try tensor.elementType.dispatch(Fold(tensor: tensor, plan: plan, path: path), path: path)
    }

    private struct Fold: NumberKernel {
        let tensor: Tensor
        let plan: AxisReduction
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try tensor.elements(path)
            // Over no elements the result is the end of the type's range.
            let results = plan.fold(
                values, initial: T.highest, filling: T.zero,
                { $0.isNotANumber ? $0 : $1.isNotANumber || $1 < $0 ? $1 : $0 }, { $0 })
            return try .make(results, plan.resultShape, path)
        }
    }

    func differentiate(
        _ builder: inout PullbackBuilder, _ context: ReductionGradient
    ) throws(OperatorError) -> String? {
        let type = try builder.site.requireElementType(0)
        // Elements that reach the extreme share its gradient equally.
        let mask = builder.body.cast(builder.body.call("Equal", [builder.input(0), context.output]), to: type)
        let count = builder.body.reduce("ReduceSum", mask, axes: context.axes)
        return builder.body.multiply(mask, builder.body.divide(context.gradient, count))
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 7], [2, 3])
        return [
            Example(
                "axes as input", opset: 18, inputs: [data, .ints([1])], constantInputs: [1],
                expected: [.floats([1, 4], [2, 1])]),
            Example(
                "axes as attribute, dimensions dropped", opset: 13,
                attributes: [.init("axes", .ints([0])), .init("keepdims", .int(0))], inputs: [data],
                expected: [.floats([1, 2, 3], [3])]),
            Example("everything", opset: 11, inputs: [data], expected: [.floats([1], [1, 1])]),
            Example(
                "two axes of three", opset: 18, attributes: [.init("keepdims", .int(0))],
                inputs: [.noise([2, 3, 4], shift: 2), .ints([-1, 0])], constantInputs: [1]),
            Example(
                "integers", opset: 18, inputs: [.ints([1, 2, 3, 4], [2, 2]), .ints([-1])],
                expected: [.ints([1, 3], [2, 1])], isDifferentiable: false),
        ]
    }
}

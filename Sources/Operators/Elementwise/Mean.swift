import Graphs
import Tensors

/// The mean of the elements at each place, under broadcasting.
struct Mean: VariadicOperator {
    let name = "Mean"
    static let versions = [6, 8, 13]
    static let outputName = "mean"

    static func apply<T: Number>(_ left: T, _ right: T) -> T { left.plus(right) }

    func divisor(_ count: Int) -> Int { count }

    func differentiate(_ builder: inout PullbackBuilder, _ index: Int) throws(OperatorError) -> String {
        builder.body.divide(builder.gradient(), try builder.scalar(Double(builder.site.operands.count)))
    }

    var examples: [Example] {
        [
            Example(
                "three", opset: 13, inputs: [.floats([3, 0, 1]), .floats([1, 4, 4]), .floats([2, 5, 1])],
                expected: [.floats([2, 3, 2])]),
            Example("one", opset: 8, inputs: [.floats([3, -2])], expected: [.floats([3, -2])]),
            Example(
                "stretched", opset: 8, inputs: [.floats([1, 5], [2, 1]), .floats([2, 3, 9])],
                expected: [.floats([1.5, 2, 5, 3.5, 4, 7], [2, 3])]),
        ]
    }
}

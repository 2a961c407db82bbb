import Graphs
import Tensors

/// The sum of the elements at each place, under broadcasting.
struct Sum: VariadicOperator {
    let name = "Sum"
    static let versions = [6, 8, 13]
    static let outputName = "sum"
    static let kind: Kernel.BinaryKind? = .addition

    static func apply<T: Number>(_ left: T, _ right: T) -> T { left.plus(right) }

    func differentiate(_ builder: inout PullbackBuilder, _ index: Int) throws(OperatorError) -> String {
        builder.gradient()
    }

    var examples: [Example] {
        [
            Example(
                "three", opset: 13, inputs: [.floats([3, 0, 1]), .floats([1, 4, 4]), .floats([2, 5, 1])],
                expected: [.floats([6, 9, 6])]),
            Example("one", opset: 8, inputs: [.floats([3, -2])], expected: [.floats([3, -2])]),
            Example(
                "stretched", opset: 8, inputs: [.floats([1, 5], [2, 1]), .floats([2, 3, 9])],
                expected: [.floats([3, 4, 10, 7, 8, 14], [2, 3])]),
        ]
    }
}

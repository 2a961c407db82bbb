import Graphs
import Tensors

/// The smallest of the elements at each place, under broadcasting; NaN where one is NaN.
struct Min: VariadicOperator {
    let name = "Min"
    let agreement = Agreement.exact
    static let types = TypeSets.numbers
    static let versions = [6, 8, 12, 13]
    static let outputName = "min"
    static let kind: Kernel.BinaryKind? = .minimum

    static func apply<T: Number>(_ left: T, _ right: T) -> T {
        left.isNotANumber ? left : right.isNotANumber || right < left ? right : left
    }

    func differentiate(_ builder: inout PullbackBuilder, _ index: Int) throws(OperatorError) -> String {
        try differentiateExtremum(&builder, index)
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        guard site.operands.count == 1 else { return [] }
        return [site.elements(0)]
    }

    var examples: [Example] {
        [
            Example(
                "three", opset: 13, inputs: [.floats([3, 2, 1]), .floats([1, 4, 4]), .floats([2, 5, 0])],
                expected: [.floats([1, 2, 0])]),
            Example("one", opset: 8, inputs: [.floats([3, -2])], expected: [.floats([3, -2])]),
            Example(
                "stretched", opset: 12, inputs: [.floats([1, 5], [2, 1]), .floats([2, 3, 9])],
                expected: [.floats([1, 1, 1, 2, 3, 5], [2, 3])]),
            Example(
                "NaN", opset: 13, inputs: [.floats([.nan, 1]), .floats([1, .nan])],
                expected: [.floats([.nan, .nan])], isDifferentiable: false),
            Example(
                "integers", opset: 13, inputs: [.ints([1, 5]), .ints([2, 3])],
                expected: [.ints([1, 3])], isDifferentiable: false),
        ]
    }
}

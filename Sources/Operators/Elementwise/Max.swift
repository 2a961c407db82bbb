import Graphs
import Tensors

/// The largest of the elements at each place, under broadcasting; NaN where one is NaN.
struct Max: VariadicOperator {
    let name = "Max"
    let agreement = Agreement.exact
    static let types = TypeSets.numbers
    static let versions = [6, 8, 12, 13]
    static let outputName = "max"
    static let kind: Kernel.BinaryKind? = .maximum

    static func apply<T: Number>(_ left: T, _ right: T) -> T {
        left.isNotANumber ? left : right.isNotANumber || left < right ? right : left
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
                expected: [.floats([3, 5, 4])]),
            Example("one", opset: 8, inputs: [.floats([3, -2])], expected: [.floats([3, -2])]),
            Example(
                "stretched", opset: 12, inputs: [.floats([1, 5], [2, 1]), .floats([2, 3, 9])],
                expected: [.floats([2, 3, 9, 5, 5, 9], [2, 3])]),
            Example(
                "NaN", opset: 13, inputs: [.floats([.nan, 1]), .floats([1, .nan])],
                expected: [.floats([.nan, .nan])], isDifferentiable: false),
            Example(
                "integers", opset: 13, inputs: [.ints([1, 5]), .ints([2, 3])],
                expected: [.ints([2, 5])], isDifferentiable: false),
        ]
    }
}

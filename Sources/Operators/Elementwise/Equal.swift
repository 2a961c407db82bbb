import Graphs
import Tensors

/// True where `A = B`.
struct Equal: ComparisonOperator {
    let name = "Equal"
    static let types = TypeSets.numbersAndBool.union([.string])
    static let versions = [7, 11, 13, 19]

    static func apply<T: Comparable>(_ left: T, _ right: T) -> Bool { left == right }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.comparison(.equal), operands: [0, 1]) }

    var examples: [Example] {
        [
            Example(
                "floats", opset: 13, inputs: [.floats([3, 2, 1]), .floats([2], [])],
                expected: [.bools([false, true, false])], isDifferentiable: false),
            Example(
                "integers", opset: 13, inputs: [.ints([3, 2, 1], [3, 1]), .ints([1, 2], [2])],
                expected: [.bools([false, false, false, true, true, false], [3, 2])], isDifferentiable: false),
            Example(
                "strings", opset: 19, inputs: [.strings(["a", "b"]), .strings(["a", "c"])],
                expected: [.bools([true, false])], isDifferentiable: false),
            Example(
                "truth values", opset: 13, inputs: [.bools([true, false]), .bools([true, true])],
                expected: [.bools([true, false])], isDifferentiable: false),
        ]
    }
}

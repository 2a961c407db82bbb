import Graphs
import Tensors

/// True where `A < B`.
struct Less: ComparisonOperator {
    let name = "Less"
    static let versions = [7, 9, 13]

    static func apply<T: Comparable>(_ left: T, _ right: T) -> Bool { left < right }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.comparison(.less), operands: [0, 1]) }

    var examples: [Example] {
        [
            Example(
                "floats", opset: 13, inputs: [.floats([3, 2, 1]), .floats([2], [])],
                expected: [.bools([false, false, true])], isDifferentiable: false),
            Example(
                "integers", opset: 13, inputs: [.ints([3, 2, 1], [3, 1]), .ints([1, 2], [2])],
                expected: [.bools([false, false, false, false, false, true], [3, 2])], isDifferentiable: false),
        ]
    }
}

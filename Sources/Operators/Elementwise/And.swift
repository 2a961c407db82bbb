import Graphs
import Tensors

/// True where both are.
struct And: LogicOperator {
    let name = "And"

    static func apply(_ left: Bool, _ right: Bool) -> Bool { left && right }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.comparison(.and), operands: [0, 1]) }

    var examples: [Example] {
        [
            Example(
                "truth table", opset: 7,
                inputs: [.bools([true, true, false, false]), .bools([true, false, true, false])],
                expected: [.bools([true, false, false, false])], isDifferentiable: false),
            Example(
                "stretched", opset: 7, inputs: [.bools([true, false], [2, 1]), .bools([true, false])],
                expected: [.bools([true, false, false, false], [2, 2])], isDifferentiable: false),
        ]
    }
}

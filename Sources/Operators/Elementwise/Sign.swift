import Graphs
import Tensors

/// −1, 0 or 1.
struct Sign: NumberFunction {
    let name = "Sign"
    static let types = TypeSets.numbers
    static let versions = [9, 13]

    static func apply<T: Number>(_ x: T) -> T { x > .zero ? T(saturating: 1) : x < .zero ? T(saturating: -1) : x }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .sign }

    var examples: [Example] {
        [
            Example(
                "both signs", opset: 13, inputs: [.floats([-2, -0.5, 0.25, 3], [2, 2])],
                expected: [.floats([-1, -1, 1, 1], [2, 2])], isDifferentiable: false),
            Example(
                "integers", opset: 13, inputs: [.ints([-2, 0, 7])], expected: [.ints([-1, 0, 1])],
                isDifferentiable: false),
        ]
    }
}

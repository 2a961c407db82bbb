import Graphs
import Tensors

/// The nearest whole number; halves to the even one.
struct Round: RealFunction {
    let name = "Round"
    let agreement = Agreement.exact
    static let versions = [11, 22]
    static let parameterNames = (input: "X", output: "Y")

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { x.rounded(.toNearestOrEven) }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .round }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([0.5, 1.5, -2.5, 2.3])],
                expected: [.floats([0, 2, -2, 2])], isDifferentiable: false),
            Example("two axes", opset: 11, inputs: [.noise([2, 3], scale: 2)], isDifferentiable: false),
        ]
    }
}

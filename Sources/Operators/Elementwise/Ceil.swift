import Graphs
import Tensors

/// The smallest whole number not below x.
struct Ceil: RealFunction {
    let name = "Ceil"
    let agreement = Agreement.exact
    static let versions = [6, 13]
    static let parameterNames = (input: "X", output: "Y")

    static func apply<T: Real>(_ x: T, _ parameters: Void) -> T { x.rounded(.up) }

    func kind(_ parameters: Void) -> Kernel.UnaryKind? { .ceiling }

    var examples: [Example] {
        [
            Example(
                "closed form", opset: 13, inputs: [.floats([1.5, -1.5, 2, -0.25])],
                expected: [.floats([2, -1, 2, 0])], isDifferentiable: false),
            Example("two axes", opset: 9, inputs: [.noise([2, 3], scale: 2)], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// Numbers from a uniform distribution, of the shape of another tensor.
struct RandomUniformLike: RandomOperator {
    let name = "RandomUniformLike"
    let signature = Signature(
        inputs: [.init("input", TypeSets.all)], outputs: [.init("output", TypeSets.floats)],
        attributes: [
            .init("low", default: .float(0)), .init("high", default: .float(1)), .init("dtype"), .init("seed"),
        ],
        versions: [1, 22])

    func draw(_ generator: inout SplitMix64, _ attributes: Attributes) throws(OperatorError) -> Double {
        let low = Double(try attributes.float("low"))
        return low + (Double(try attributes.float("high")) - low) * generator.unit()
    }

    var examples: [Example] {
        [
            Example(
                "type of the input", opset: 9, attributes: [.init("seed", .float(1))],
                inputs: [.floats([0, 0, 0, 0], [2, 2])], isDifferentiable: false),
            Example(
                "every attribute", opset: 22,
                attributes: [
                    .init("low", .float(-1)), .init("high", .float(3)),
                    .init("dtype", .int(Int(ElementType.float64.rawValue))),
                ],
                inputs: [.ints([1, 2])], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// Numbers from a normal distribution, of the shape of another tensor.
struct RandomNormalLike: RandomOperator {
    let name = "RandomNormalLike"
    let signature = Signature(
        inputs: [.init("input", TypeSets.all)], outputs: [.init("output", TypeSets.floats)],
        attributes: [
            .init("mean", default: .float(0)), .init("scale", default: .float(1)), .init("dtype"), .init("seed"),
        ],
        versions: [1, 22])

    func draw(_ generator: inout SplitMix64, _ attributes: Attributes) throws(OperatorError) -> Double {
        Double(try attributes.float("mean")) + Double(try attributes.float("scale")) * generator.normal()
    }

    var examples: [Example] {
        [
            Example(
                "type of the input", opset: 9, attributes: [.init("seed", .float(1))],
                inputs: [.floats([0, 0, 0, 0], [2, 2])], isDifferentiable: false),
            Example(
                "every attribute", opset: 22,
                attributes: [
                    .init("mean", .float(3)), .init("scale", .float(2)),
                    .init("dtype", .int(Int(ElementType.float64.rawValue))),
                ],
                inputs: [.ints([1, 2])], isDifferentiable: false),
        ]
    }
}

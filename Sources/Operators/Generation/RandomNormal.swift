import Graphs
import Tensors

/// Numbers from a normal distribution.
struct RandomNormal: RandomOperator {
    let name = "RandomNormal"
    let signature = Signature(
        inputs: [], outputs: [.init("output", TypeSets.floats)],
        attributes: [
            .init("mean", default: .float(0)), .init("scale", default: .float(1)), .init("dtype", default: .int(1)),
            .init("shape", isRequired: true), .init("seed"),
        ],
        versions: [1, 22])

    func draw(_ generator: inout SplitMix64, _ attributes: Attributes) throws(OperatorError) -> Double {
        Double(try attributes.float("mean")) + Double(try attributes.float("scale")) * generator.normal()
    }

    var examples: [Example] {
        [
            Example(
                "default distribution", opset: 9,
                attributes: [.init("shape", .ints([2, 3])), .init("seed", .float(1))],
                inputs: [], isDifferentiable: false),
            Example(
                "every attribute", opset: 22,
                attributes: [
                    .init("shape", .ints([4])), .init("mean", .float(3)), .init("scale", .float(2)),
                    .init("dtype", .int(Int(ElementType.float64.rawValue))),
                ], inputs: [], isDifferentiable: false),
        ]
    }
}

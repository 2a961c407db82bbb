import Graphs
import Tensors

/// Numbers from a uniform distribution.
struct RandomUniform: RandomOperator {
    let name = "RandomUniform"
    let signature = Signature(
        inputs: [], outputs: [.init("output", TypeSets.floats)],
        attributes: [
            .init("low", default: .float(0)), .init("high", default: .float(1)), .init("dtype", default: .int(1)),
            .init("shape", isRequired: true), .init("seed"),
        ],
        versions: [1, 22])

    func draw(_ generator: inout SplitMix64, _ attributes: Attributes) throws(OperatorError) -> Double {
        let low = Double(try attributes.float("low"))
        return low + (Double(try attributes.float("high")) - low) * generator.unit()
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
                    .init("shape", .ints([4])), .init("low", .float(-1)), .init("high", .float(3)),
                    .init("dtype", .int(Int(ElementType.float64.rawValue))),
                ], inputs: [], isDifferentiable: false),
        ]
    }
}

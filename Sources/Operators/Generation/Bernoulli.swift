import Graphs
import Tensors

/// Ones with the probabilities given, and zeros otherwise.
struct Bernoulli: Operator {
    let name = "Bernoulli"
    let family = OperatorFamily.generation
    let agreement = Agreement.random
    let signature = Signature(
        inputs: [.init("input", TypeSets.floats)], outputs: [.init("output", TypeSets.numbersAndBool)],
        attributes: [.init("dtype"), .init("seed")], versions: [15, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try attributes(site).optionalElementType("dtype") ?? site.elementType(0) else { return [nil] }
        return [.tensor(type, site.shape(0))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: 8 * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let input = try call.tensor(0)
        let chances: [Double] = try Conversion.convert(input, to: .float64, call.path).elements(call.path)
        var generator = SplitMix64(seed: try RandomSeed.seed(attributes, call.node))
        let draws = chances.map { chance -> Double in generator.unit() < chance ? 1 : 0 }
        let type = try attributes.optionalElementType("dtype") ?? input.elementType
        return [.tensor(try Conversion.convert(try Tensor.make(draws, input.shape, call.path), to: type, call.path))]
    }

    var examples: [Example] {
        [
            Example(
                "type of the input", opset: 15, attributes: [.init("seed", .float(1))],
                inputs: [.floats([0.2, 0.5, 0.9, 1], [2, 2])], isDifferentiable: false),
            Example(
                "truth values", opset: 22, attributes: [.init("dtype", .int(Int(ElementType.bool.rawValue)))],
                inputs: [.floats([0, 1])], isDifferentiable: false),
        ]
    }
}

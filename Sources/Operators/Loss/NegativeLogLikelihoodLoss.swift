import Graphs
import Tensors

/// The negative logarithm of the probability of each element's label, weighted by class; labels of `ignore_index` count
/// nothing, and the mean divides by the sum of the weights.
struct NegativeLogLikelihoodLoss: CompositeOperator {
    let name = "NegativeLogLikelihoodLoss"
    let family = OperatorFamily.loss
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [
            .init("input", TypeSets.floats), .init("target", TypeSets.indices),
            .init("weight", TypeSets.floats, .optional),
        ], outputs: [.init("loss", TypeSets.floats)], attributes: LabelLoss.rules, versions: [12, 13, 22])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [try LabelLoss(attributes(site)).inferType(site)]
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        _ = try inferTypes(site)
        return [
            try LabelLoss(attributes(site)).write(
                &body, logarithms: inputs[0], labels: inputs[1], weights: site.hasInput(2) ? inputs[2] : nil, site)
        ]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try LabelLoss(attributes(call)).checkLabels(call)
        return try evaluateBody(call)
    }

    var examples: [Example] {
        // The examples of the standard's own text.
        let input = Value.floats([1, 2, 2, 2, 3, 2, 0, 1, 2, 2, 1, 2], [2, 3, 2])
        let target = Value.ints([2, 1, 0, 2], [2, 2])
        let weight = Value.floats([0.2, 0.3, 0.1])
        let reduction = { (name: String) in Attribute("reduction", .string(name)) }
        return [
            Example(
                "each element", opset: 13, attributes: [reduction("none")], inputs: [input, target],
                expected: [.floats([-3, -2, 0, -2], [2, 2])]),
            Example(
                "sum, weighted", opset: 12, attributes: [reduction("sum")], inputs: [input, target, weight],
                constantInputs: [2], expected: [.floats([-1.1], [])]),
            Example(
                "mean, weighted", opset: 22, inputs: [input, target, weight], constantInputs: [2],
                expected: [.floats([-1.1 / 0.7], [])]),
            Example("mean", opset: 13, inputs: [input, target], expected: [.floats([-1.75], [])]),
            Example(
                "a label that is ignored", opset: 13, attributes: [Attribute("ignore_index", .int(-1))],
                inputs: [input, .tensor([Int32(2), -1, 0, -1], [2, 2])], expected: [.floats([-1.5], [])]),
            Example(
                "an ignored label of a class, weighted", opset: 13,
                attributes: [Attribute("ignore_index", .int(2)), reduction("none")],
                inputs: [.noise([3, 4]), .ints([3, 2, 0]), .noise([4], seed: 2, shift: 2)]),
            Example(
                "images", opset: 13, inputs: [.noise([2, 3, 2, 2]), .ints([0, 1, 2, 0, 2, 2, 1, 0], [2, 2, 2])]),
        ]
    }
}

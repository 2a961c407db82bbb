import Graphs
import Tensors

/// The negative log-likelihood loss of the softmax over the classes; the logarithms of the probabilities on request.
struct SoftmaxCrossEntropyLoss: CompositeOperator {
    let name = "SoftmaxCrossEntropyLoss"
    let family = OperatorFamily.loss
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [
            .init("scores", TypeSets.floats), .init("labels", TypeSets.indices),
            .init("weights", TypeSets.floats, .optional),
        ], outputs: [.init("output", TypeSets.floats), .init("log_prob", TypeSets.floats, .optional)],
        attributes: LabelLoss.rules, versions: [12, 13])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [try LabelLoss(attributes(site)).inferType(site), site.operand(0)?.type]
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        _ = try inferTypes(site)
        let logarithms = try logarithms(inputs[0], &body, site)
        let loss = try LabelLoss(attributes(site)).write(
            &body, logarithms: logarithms, labels: inputs[1], weights: site.hasInput(2) ? inputs[2] : nil, site)
        return site.hasOutput(1) ? [loss, logarithms] : [loss]
    }

    /// `LogSoftmax` over the classes; before version 13 it works on everything from an axis on, so the classes go last.
    private func logarithms(
        _ scores: String, _ body: inout NodeWriter, _ site: CallSite
    ) throws(OperatorError) -> String {
        if body.opset >= 13 { return body.call("LogSoftmax", [scores], [Attribute("axis", .int(1))]) }
        let rank = try site.requireRank(0)
        let moved = body.transpose(scores, [0] + Array(2..<rank) + [1])
        let result = body.call("LogSoftmax", [moved], [Attribute("axis", .int(rank - 1))])
        return body.transpose(result, [0, rank - 1] + Array(1..<rank - 1))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try LabelLoss(attributes(call)).checkLabels(call)
        return try evaluateBody(call)
    }

    var examples: [Example] {
        let scores = Value.noise([2, 3, 4], scale: 3)
        let labels = Value.ints([0, 1, 2, 2, 1, 0, 0, 1], [2, 4])
        let reduction = { (name: String) in Attribute("reduction", .string(name)) }
        return [
            Example(
                "powers of two", opset: 13, attributes: [reduction("none")],
                inputs: [.floats([0, 0.693_147_2, 0, 1000], [2, 2]), .ints([0, 1])],
                expected: [.floats([1.098_612_3, 0])]),
            Example("mean", opset: 13, inputs: [scores, labels]),
            Example("sum, of old", opset: 12, attributes: [reduction("sum")], inputs: [scores, labels]),
            Example(
                "weighted, with logarithms", opset: 13, inputs: [scores, labels, .floats([0.5, 1, 2])],
                outputCount: 2, constantInputs: [2]),
            Example(
                "a label that is ignored", opset: 13, attributes: [Attribute("ignore_index", .int(-5))],
                inputs: [scores, .tensor([Int32(0), -5, 2, -5, 1, 0, -5, 1], [2, 4])]),
        ]
    }
}

import Graphs
import Tensors

/// Scaled dot-product attention with a graph that changes the scores and one that changes the probabilities.
///
/// Source: Dong et al., "Flex Attention: A Programming Model for Generating Optimized Attention Kernels" (arXiv
/// 2412.05496).
struct FlexAttention: CompositeOperator {
    let name = "FlexAttention"
    let domain = "ai.onnx.preview"
    let family = OperatorFamily.attention
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [.init("Q", TypeSets.floats), .init("K", TypeSets.floats), .init("V", TypeSets.floats)],
        outputs: [.init("Y", TypeSets.floats)],
        attributes: [.init("scale"), .init("score_mod"), .init("prob_mod"), .init("softmax_precision")], versions: [1])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let extents = try extents(site)
        guard let type = try commonElementType(site) else { return [nil] }
        guard let extents else { return [.tensor(type, nil)] }
        return [
            .tensor(type, [extents.batch, extents.queryHeads, extents.queryLength, extents.valueHeadSize])
        ]
    }

    /// The extents of the inputs; `nil` where the rank of the queries is not known.
    private func extents(_ site: CallSite) throws(OperatorError) -> AttentionExtents? {
        guard let rank = site.rank(0) else { return nil }
        guard rank == 4 else {
            throw OperatorError(
                .shape, subject: site.path, reason: "queries of shape \(site.shape(0)?.text ?? "?") have no heads",
                remedy: "give queries, keys and values 4 axes")
        }
        return try AttentionAxes(site, attributes(site), rank: rank).extents()
    }

    /// The three stages of one call, between which the graphs of the attributes run.
    private struct Stages {
        let extents: AttentionExtents
        let type: ElementType
        /// In which scores and probabilities are held.
        let inner: ElementType
        let scale: Float?

        func scores(_ body: inout NodeWriter, _ query: String, _ key: String) throws(OperatorError) -> String {
            let root = try body.rootOfScale(scale, query: query, size: extents.headSize, type)
            let turned = body.multiply(body.transpose(key, [0, 1, 3, 2]), root)
            let product = body.headProduct(
                body.multiply(query, root), turned, heads: extents.queryHeads, shared: extents.keyHeads)
            return inner == type ? product : body.cast(product, to: inner)
        }

        func probabilities(_ body: inout NodeWriter, _ scores: String) -> String {
            body.call("Softmax", [scores], [Attribute("axis", .int(3))])
        }

        func result(_ body: inout NodeWriter, _ probabilities: String, _ value: String) -> String {
            let value = inner == type ? value : body.cast(value, to: inner)
            let product = body.headProduct(
                probabilities, value, heads: extents.queryHeads, shared: extents.keyHeads)
            return inner == type ? product : body.cast(product, to: type)
        }
    }

    private func stages(_ site: CallSite) throws(OperatorError) -> Stages {
        let attributes = attributes(site)
        let type = try site.requireElementType(0)
        let inner = try attributes.optionalElementType("softmax_precision") ?? (type == .float64 ? type : .float32)
        guard TypeSets.floats.contains(inner), let extents = try extents(site) else {
            throw OperatorError(
                .attribute, subject: site.path, reason: "attribute 'softmax_precision' is \(inner.name), no float type")
        }
        return Stages(
            extents: extents, type: type, inner: inner, scale: try attributes.optionalFloat("scale"))
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        _ = try site.requireRank(0)
        let stages = try stages(site)
        var scores = try stages.scores(&body, inputs[0], inputs[1])
        scores = try modified(scores, by: "score_mod", &body, site)
        var probabilities = stages.probabilities(&body, scores)
        probabilities = try modified(probabilities, by: "prob_mod", &body, site)
        return [stages.result(&body, probabilities, inputs[2])]
    }

    private func modified(
        _ value: String, by attribute: String, _ body: inout NodeWriter, _ site: CallSite
    ) throws(OperatorError) -> String {
        guard site.node.attribute(attribute) != nil else { return value }
        let graph = try attributes(site).graph(attribute)
        return try body.inline(graph, inputs: [value], path: "\(site.path), \(attribute)").first ?? value
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let site = call.typedSite
        _ = try inferTypes(site)
        let stages = try stages(site)
        let (query, key, value) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
        var scores = try run(site, [.tensor(query), .tensor(key)]) { (body, names) throws(OperatorError) in
            try stages.scores(&body, names[0], names[1])
        }
        scores = try modified(scores, by: "score_mod", call)
        var probabilities = try run(site, [scores]) { (body, names) throws(OperatorError) in
            stages.probabilities(&body, names[0])
        }
        probabilities = try modified(probabilities, by: "prob_mod", call)
        return [
            try run(site, [probabilities, .tensor(value)]) { (body, names) throws(OperatorError) in
                stages.result(&body, names[0], names[1])
            }
        ]
    }

    private func run(
        _ site: CallSite, _ values: [Value],
        _ write: (inout NodeWriter, [String]) throws(OperatorError) -> String
    ) throws(OperatorError) -> Value {
        let names = values.indices.map { "value.\($0)" }
        let body = try CompositeBody(site, inputs: names) { (writer) throws(OperatorError) in
            [try write(&writer, names)]
        }
        return try body.program().run(inputs: values, captured: [])[0]
    }

    private func modified(_ value: Value, by attribute: String, _ call: Call) throws(OperatorError) -> Value {
        guard call.node.attribute(attribute) != nil else { return value }
        let results = try call.runBody(attribute, [value])
        guard results.count == 1, let result = results.first, result.type == value.type else {
            throw OperatorError(
                .shape, subject: call.path,
                reason: "graph '\(attribute)' gives \(results.map(\.type.text)) for \(value.type.text)",
                remedy: "let it give one tensor of the type and shape that it takes")
        }
        return result
    }

    var examples: [Example] {
        let inputs = [Value.noise([1, 2, 3, 4]), .noise([1, 2, 5, 4], seed: 2), .noise([1, 2, 5, 3], seed: 3)]
        func graph(_ name: String, _ type: String, _ operands: [String]) -> Attribute {
            Attribute(
                name,
                .graph(
                    Graph(
                        name: name, nodes: [Node(type, inputs: operands, outputs: ["y"])], inputs: [ValueInfo("x")],
                        outputs: [ValueInfo("y")])))
        }
        return [
            Example(
                "one query, weights 2 to 1", opset: 1, attributes: [Attribute("scale", .float(0.693_147_2))],
                inputs: [
                    .floats([1, 0], [1, 1, 1, 2]), .floats([1, 0, 0, 1], [1, 1, 2, 2]),
                    .floats([1, 2, 3, 4], [1, 1, 2, 2]),
                ], expected: [.floats([5.0 / 3, 8.0 / 3], [1, 1, 1, 2])]),
            Example("default scale", opset: 1, inputs: inputs),
            Example(
                "scores bounded, probabilities squared", opset: 1,
                attributes: [graph("score_mod", "Tanh", ["x"]), graph("prob_mod", "Mul", ["x", "x"])],
                inputs: inputs),
            Example(
                "keys shared, softmax in double precision", opset: 1,
                attributes: [Attribute("softmax_precision", .int(11))],
                inputs: [.noise([2, 4, 3, 2]), .noise([2, 2, 3, 2], seed: 2), .noise([2, 2, 3, 2], seed: 3)]),
        ]
    }
}

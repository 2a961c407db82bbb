import Graphs
import Tensors

/// What the losses over class labels share: scores of shape `[N, C, d…]`, labels of shape `[N, d…]`, a weight for each
/// class, a label that is ignored, and how the losses of the elements are joined.
struct LabelLoss {
    /// How the losses of the elements are joined.
    enum Reduction: String {
        case none, sum, mean
    }

    let reduction: Reduction
    /// The label whose elements count nothing.
    let ignoredLabel: Int?

    /// The rules of the attributes.
    static let rules: [Signature.AttributeRule] = [
        .init("ignore_index"), .init("reduction", default: .string("mean")),
    ]

    init(_ attributes: Attributes) throws(OperatorError) {
        let name = try attributes.string("reduction")
        guard let reduction = Reduction(rawValue: name) else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "attribute 'reduction' is '\(name)'",
                remedy: "use none, sum or mean")
        }
        self.reduction = reduction
        ignoredLabel = try attributes.optionalInt("ignore_index")
    }

    /// The type of the loss.
    ///
    /// - Throws: `OperatorError` of code `shape` where labels or weights do not fit the scores.
    func inferType(_ site: CallSite) throws(OperatorError) -> ValueType? {
        let labels = site.shape(1)
        if let scores = site.shape(0)?.dimensions {
            guard scores.count >= 2 else {
                throw OperatorError(
                    .shape, subject: site.path, reason: "scores of shape \(SymbolicShape(scores).text) have no classes",
                    remedy: "give them the shape N, C or N, C, d1, …")
            }
            let expected = SymbolicShape([scores[0]] + scores[2...])
            if let labels, !labels.mayEqual(expected) {
                throw OperatorError(
                    .shape, subject: site.path,
                    reason: "labels of shape \(labels.text) do not fit scores of shape \(SymbolicShape(scores).text)",
                    remedy: "give them the shape \(expected.text)")
            }
            if let weights = site.shape(2), !weights.mayEqual([scores[1]]) {
                throw OperatorError(
                    .shape, subject: site.path,
                    reason: "weights of shape \(weights.text) do not fit \(scores[1].text) classes")
            }
        }
        guard let type = site.elementType(0) else { return nil }
        return .tensor(type, reduction == .none ? labels : SymbolicShape([]))
    }

    /// Writes the loss from the logarithms of probabilities.
    ///
    /// Labels choose among the classes by comparison rather than by gathering, so that the gradient needs no scatter.
    func write(
        _ body: inout NodeWriter, logarithms: String, labels: String, weights: String?, _ site: CallSite
    ) throws(OperatorError) -> String {
        let (type, labelType) = (try site.requireElementType(0), try site.requireElementType(1))
        let zero = try body.scalar(0, type)
        let inner = Array(1..<(try site.requireRank(0)) - 1)
        var classes = body.positions(along: 1, of: logarithms)
        if labelType != .int64 { classes = body.cast(classes, to: labelType) }
        let isChosen = body.call(
            "Equal", [body.unsqueeze(labels, axes: [1]), body.unsqueeze(classes, axes: inner)])
        func chosen(_ values: String) -> String {
            // Chosen, not multiplied: the logarithm of another class may be infinite.
            body.reduce("ReduceSum", body.call("Where", [isChosen, values, zero]), axes: [1], keepsDimensions: false)
        }
        var loss = body.negate(chosen(logarithms))
        var factors = weights.map { chosen(body.unsqueeze($0, axes: inner)) }
        if let ignoredLabel {
            let isIgnored = body.call("Equal", [labels, try body.scalar(Double(ignoredLabel), labelType)])
            loss = body.call("Where", [isIgnored, zero, loss])
            if factors == nil { factors = try body.scalar(1, type) }
            factors = body.call("Where", [isIgnored, zero, factors ?? zero])
        }
        if weights != nil, let factors { loss = body.multiply(loss, factors) }
        switch reduction {
        case .none: return loss
        case .sum: return total("ReduceSum", loss, &body)
        case .mean:
            guard let factors else { return total("ReduceMean", loss, &body) }
            return body.divide(total("ReduceSum", loss, &body), total("ReduceSum", factors, &body))
        }
    }

    /// Refuses labels that are neither a class nor ignored.
    ///
    /// - Throws: `OperatorError` of code `index`.
    func checkLabels(_ call: Call) throws(OperatorError) {
        let scores = try call.tensor(0).shape
        guard scores.rank >= 2 else { return }
        let classes = 0..<scores[1]
        guard
            let label = try call.tensor(1).integers(call.path).first(where: {
                !classes.contains($0) && $0 != ignoredLabel
            })
        else { return }
        throw OperatorError(
            .index, subject: call.path, reason: "label \(label) is none of \(classes.count) classes",
            remedy: "use labels from 0 on, or name it in attribute 'ignore_index'")
    }

    /// Reduces over every axis to a scalar.
    private func total(_ type: String, _ value: String, _ body: inout NodeWriter) -> String {
        body.call(type, [value], [Attribute("keepdims", .int(0))])
    }
}

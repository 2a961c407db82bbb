import Graphs
import Tensors

/// The attributes of one call of `LinearAttention` and the extents they give its inputs.
struct LinearAttentionForm {
    let queryHeads: Int
    let keyHeads: Int
    /// Whether the state decays before it is written.
    let isGated: Bool
    /// Whether what the state already holds for a key is taken from the value that is written.
    let isDelta: Bool
    private let givenScale: Float

    let batch: Dimension
    let length: Dimension
    let keySize: Dimension
    let valueSize: Dimension

    init(_ site: CallSite, _ attributes: Attributes) throws(OperatorError) {
        (queryHeads, keyHeads) = (try attributes.int("q_num_heads"), try attributes.int("kv_num_heads"))
        guard keyHeads > 0, queryHeads > 0, queryHeads % keyHeads == 0 else {
            throw OperatorError(
                .attribute, subject: site.path,
                reason: "\(queryHeads) heads of queries do not share \(keyHeads) heads of keys",
                remedy: "let q_num_heads be a multiple of kv_num_heads")
        }
        let rule = try attributes.string("update_rule")
        guard ["linear", "gated", "delta", "gated_delta"].contains(rule) else {
            throw OperatorError(
                .attribute, subject: site.path, reason: "attribute 'update_rule' is '\(rule)'",
                remedy: "use linear, gated, delta or gated_delta")
        }
        (isGated, isDelta) = (rule.hasPrefix("gated"), rule.hasSuffix("delta"))
        guard site.hasInput(4) == isGated, site.hasInput(5) == isDelta else {
            throw OperatorError(
                .arity, subject: site.path, reason: "rule \(rule) does not go with the inputs that are given",
                remedy: "gated rules take decay, delta rules take beta, the others take neither")
        }
        givenScale = try attributes.float("scale")
        let axes = LinearAttentionAxes(site: site)
        let (queries, keys) = (try axes.split(0, queryHeads), try axes.split(1, keyHeads))
        let values = try axes.split(2, keyHeads)
        batch = try axes.common([queries.batch, keys.batch, values.batch])
        length = try axes.common([queries.length, keys.length, values.length])
        keySize = try axes.common([queries.size, keys.size])
        valueSize = values.size
        try axes.checkState([batch, .fixed(keyHeads), keySize, valueSize])
        try axes.check(4, [batch, length], last: [keyHeads] + (keySize.value.map { [keyHeads * $0] } ?? []))
        try axes.check(5, [batch, length], last: [keyHeads, 1])
    }

    /// What outputs are multiplied by; `nil` where it depends on a size that is not known.
    var scale: Double? {
        if givenScale != 0 { return Double(givenScale) }
        return keySize.value.map { 1 / Double($0).squareRoot() }
    }
}

/// Reads the axes of the inputs of `LinearAttention`: `[N, L, H·D]`, and `[N, H, D, D']` for the state.
private struct LinearAttentionAxes {
    let site: CallSite

    func split(
        _ index: Int, _ heads: Int
    ) throws(OperatorError) -> (batch: Dimension, length: Dimension, size: Dimension) {
        let axes = site.shape(index)?.dimensions ?? [.unknown, .unknown, .unknown]
        guard axes.count == 3, (axes[2].value ?? 0) % heads == 0 else {
            throw mismatch("input \(index) does not hold \(heads) heads in the last of 3 axes")
        }
        return (axes[0], axes[1], ElementArithmetic.divide(axes[2], .fixed(heads)))
    }

    func common(_ dimensions: [Dimension]) throws(OperatorError) -> Dimension {
        var common = Dimension.unknown
        for dimension in dimensions {
            guard let merged = common.merged(with: dimension) else {
                throw mismatch("extents \(common.text) and \(dimension.text) must be the same")
            }
            common = merged
        }
        return common
    }

    func checkState(_ expected: [Dimension]) throws(OperatorError) {
        guard let axes = site.shape(3)?.dimensions else { return }
        guard axes.count == 4 else { throw mismatch("the state must have 4 axes") }
        for (own, other) in zip(axes, expected) { _ = try common([own, other]) }
    }

    func check(_ index: Int, _ lead: [Dimension], last: [Int]) throws(OperatorError) {
        guard let axes = site.shape(index)?.dimensions else { return }
        guard axes.count == 3 else { throw mismatch("input \(index) must have 3 axes") }
        for (own, other) in zip(axes, lead) { _ = try common([own, other]) }
        guard let size = axes[2].value, !last.contains(size), index == 5 || last.count > 1 else { return }
        throw mismatch("the last extent of input \(index) must be one of \(last)")
    }

    private func mismatch(_ reason: String) -> OperatorError {
        OperatorError(.shape, subject: site.path, reason: "\(reason) (shapes \(site.shapesText))")
    }
}

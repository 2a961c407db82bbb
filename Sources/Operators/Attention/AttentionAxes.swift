import Graphs
import Tensors

/// Reads the axes of queries, keys and values: `[N, H, L, D]`, or `[N, L, H·D]` with the number of heads in attributes.
struct AttentionAxes {
    let site: CallSite
    let attributes: Attributes
    let rank: Int

    init(_ site: CallSite, _ attributes: Attributes, rank: Int) throws(OperatorError) {
        (self.site, self.attributes, self.rank) = (site, attributes, rank)
        guard rank == 3 || rank == 4, [1, 2].allSatisfy({ site.rank($0) ?? rank == rank }) else {
            throw mismatch("queries, keys and values must all have 3 or all 4 axes")
        }
        for name in ["q_num_heads", "kv_num_heads"] {
            let count = try attributes.optionalInt(name)
            if rank == 3, count ?? 0 <= 0 {
                throw OperatorError(
                    .attribute, subject: site.path, reason: "inputs of 3 axes need attribute '\(name)' above 0")
            }
            if rank == 4, count != nil, site.opset >= 25 {
                throw OperatorError(
                    .attribute, subject: site.path, reason: "attribute '\(name)' has no place with inputs of 4 axes")
            }
        }
    }

    /// The extents of the first three inputs.
    ///
    /// - Throws: `OperatorError` of code `shape` where they do not fit each other.
    func extents() throws(OperatorError) -> AttentionExtents {
        let (queries, keys, values) = (
            try split(0, heads: "q_num_heads"), try split(1, heads: "kv_num_heads"),
            try split(2, heads: "kv_num_heads")
        )
        let extents = AttentionExtents(
            batch: try common(queries.batch, try common(keys.batch, values.batch)), queryHeads: queries.heads,
            keyHeads: try common(keys.heads, values.heads), queryLength: queries.length,
            keyLength: try common(keys.length, values.length), headSize: try common(queries.size, keys.size),
            valueHeadSize: values.size)
        if let all = extents.queryHeads.value, let shared = extents.keyHeads.value, shared == 0 || all % shared != 0 {
            throw mismatch("\(all) heads of queries do not share \(shared) heads of keys")
        }
        return extents
    }

    /// The number of keys or values of the past.
    func pastLength(
        _ index: Int, _ extents: AttentionExtents, size: Dimension
    ) throws(OperatorError) -> Dimension {
        guard let axes = site.shape(index)?.dimensions else { return .unknown }
        guard axes.count == 4 else { throw mismatch("past keys and values must have 4 axes") }
        for (own, other) in [(axes[0], extents.batch), (axes[1], extents.keyHeads), (axes[3], size)] {
            _ = try common(own, other)
        }
        return axes[2]
    }

    /// Refuses a mask that does not stretch to the scores, and lengths that are not one a sample.
    func checkMask(_ extents: AttentionExtents, keys: Dimension) throws(OperatorError) {
        if let lengths = site.shape(6)?.dimensions {
            guard lengths.count == 1 else { throw mismatch("nonpad_kv_seqlen must be a vector") }
            _ = try common(lengths[0], extents.batch)
        }
        guard let mask = site.shape(3)?.dimensions else { return }
        let scores = [extents.batch, extents.queryHeads, extents.queryLength, keys]
        // Since version 24 a mask may be shorter than the keys.
        let fits =
            (site.opset < 24 ? 0...4 : 1...4).contains(mask.count)
            && zip(mask.reversed(), scores.reversed()).enumerated().allSatisfy { axis, pair in
                guard let own = pair.0.value, let other = pair.1.value else { return true }
                return own == other || (axis == 0 && site.opset >= 24 ? own < other : own == 1)
            }
        guard fits else { throw mismatch("the mask does not stretch to the scores") }
    }

    /// What is known of two extents that must be the same.
    func common(_ left: Dimension, _ right: Dimension) throws(OperatorError) -> Dimension {
        guard let common = left.merged(with: right) else {
            throw mismatch("extents \(left.text) and \(right.text) must be the same")
        }
        return common
    }

    /// The axes of queries, keys or values.
    private func split(
        _ index: Int, heads: String
    ) throws(OperatorError) -> (batch: Dimension, heads: Dimension, length: Dimension, size: Dimension) {
        let axes = site.shape(index)?.dimensions ?? [Dimension](repeating: .unknown, count: rank)
        if rank == 4 { return (axes[0], axes[1], axes[2], axes[3]) }
        let count = try attributes.int(heads)
        if let hidden = axes[2].value, hidden % count != 0 {
            throw mismatch("a last axis of \(hidden) does not hold \(count) heads")
        }
        return (axes[0], .fixed(count), axes[1], ElementArithmetic.divide(axes[2], .fixed(count)))
    }

    private func mismatch(_ reason: String) -> OperatorError {
        OperatorError(.shape, subject: site.path, reason: "\(reason) (shapes \(site.shapesText))")
    }
}

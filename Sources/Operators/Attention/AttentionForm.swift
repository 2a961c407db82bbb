import Graphs
import Tensors

/// The attributes of one call of `Attention` and the extents they give its inputs.
struct AttentionForm {
    /// What the fourth output shows of the scores.
    enum ScoreStage: Int {
        /// The product of queries and keys.
        case product
        /// After the soft cap.
        case capped
        /// After the mask.
        case masked
        /// After the softmax.
        case probabilities
    }

    /// True where every head has an axis, false where heads lie side by side in the last one.
    let hasHeadAxis: Bool
    let scale: Float?
    let softcap: Float
    let isCausal: Bool
    /// How many keys before and after its own position a query sees; `nil` for all.
    let leftWindow: Int?
    let rightWindow: Int?
    let softmaxType: ElementType?
    let scoreStage: ScoreStage

    let batch: Dimension
    let queryHeads: Dimension
    let keyHeads: Dimension
    let queryLength: Dimension
    /// The keys of this call and of the past.
    let totalLength: Dimension
    let headSize: Dimension
    let valueHeadSize: Dimension

    /// Reads the attributes and the shapes of the inputs; `nil` where the rank of the queries is not known.
    ///
    /// - Throws: `OperatorError` where they contradict each other.
    init?(_ site: CallSite, _ attributes: Attributes) throws(OperatorError) {
        (leftWindow, rightWindow) = (try Self.window("left", attributes), try Self.window("right", attributes))
        scale = try attributes.optionalFloat("scale")
        softcap = try attributes.float("softcap")
        isCausal = try attributes.flag("is_causal")
        softmaxType = try attributes.optionalElementType("softmax_precision")
        guard softmaxType.map(TypeSets.floats.contains) ?? true,
            let stage = ScoreStage(rawValue: try attributes.int("qk_matmul_output_mode"))
        else {
            throw OperatorError(
                .attribute, subject: site.path,
                reason: "'softmax_precision' is no float type, or 'qk_matmul_output_mode' is not 0 to 3")
        }
        scoreStage = stage
        guard site.hasInput(4) == site.hasInput(5), !(site.hasInput(4) && site.hasInput(6)) else {
            throw OperatorError(
                .arity, subject: site.path, reason: "past keys, past values and lengths without padding do not go so",
                remedy: "give past_key and past_value both, or nonpad_kv_seqlen, or neither")
        }
        guard let query = site.shape(0)?.dimensions else { return nil }
        hasHeadAxis = query.count == 4
        let extents = try AttentionExtents(site, attributes, rank: query.count)
        let (queries, keys, values) = (
            try extents.split(0, heads: "q_num_heads"), try extents.split(1, heads: "kv_num_heads"),
            try extents.split(2, heads: "kv_num_heads")
        )
        batch = try extents.common(queries.batch, keys.batch)
        queryHeads = queries.heads
        keyHeads = try extents.common(keys.heads, values.heads)
        queryLength = queries.length
        headSize = try extents.common(queries.size, keys.size)
        valueHeadSize = values.size
        if let all = queryHeads.value, let shared = keyHeads.value, shared == 0 || all % shared != 0 {
            throw extents.mismatch("\(all) heads of queries do not share \(shared) heads of keys")
        }
        let length = try extents.common(keys.length, values.length)
        guard site.hasInput(4) else {
            totalLength = length
            return
        }
        let past = (try extents.past(4), try extents.past(5))
        totalLength = ElementArithmetic.add(length, try extents.common(past.0, past.1))
    }

    private static func window(_ side: String, _ attributes: Attributes) throws(OperatorError) -> Int? {
        let name = "\(side)_window_size"
        let size = try attributes.int(name)
        guard size >= -1 else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "attribute '\(name)' is \(size)",
                remedy: "use -1 for no bound, or a number of keys")
        }
        return size < 0 ? nil : size
    }

    /// True where every head of queries has keys of its own for sure.
    var sharesNoKeys: Bool { queryHeads.value != nil && queryHeads == keyHeads }
}

/// The extents of the inputs of one call of `Attention`, by what they mean.
private struct AttentionExtents {
    let site: CallSite
    let attributes: Attributes
    let rank: Int

    init(_ site: CallSite, _ attributes: Attributes, rank: Int) throws(OperatorError) {
        (self.site, self.attributes, self.rank) = (site, attributes, rank)
        guard rank == 3 || rank == 4, [1, 2].allSatisfy({ site.rank($0) ?? rank == rank }) else {
            throw mismatch("queries, keys and values must all have 3 or all 4 axes")
        }
        let names = ["q_num_heads", "kv_num_heads"]
        for name in names {
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

    func mismatch(_ reason: String) -> OperatorError {
        let shapes = (0..<site.operands.count).map { site.shape($0)?.text ?? "?" }.joined(separator: ", ")
        return OperatorError(.shape, subject: site.path, reason: "\(reason) (shapes \(shapes))")
    }

    func common(_ left: Dimension, _ right: Dimension) throws(OperatorError) -> Dimension {
        guard let a = left.value, let b = right.value else { return left.value == nil ? right : left }
        guard a == b else { throw mismatch("extents \(a) and \(b) must be the same") }
        return left
    }

    /// The meaning of the axes of queries, keys or values.
    func split(
        _ index: Int, heads: String
    ) throws(OperatorError) -> (batch: Dimension, heads: Dimension, length: Dimension, size: Dimension) {
        let known = site.shape(index)?.dimensions
        if rank == 4 {
            let axes = known ?? [.unknown, .unknown, .unknown, .unknown]
            return (axes[0], axes[1], axes[2], axes[3])
        }
        let axes = known ?? [.unknown, .unknown, .unknown]
        let count = try attributes.int(heads)
        if let hidden = axes[2].value, hidden % count != 0 {
            throw mismatch("a last axis of \(hidden) does not hold \(count) heads")
        }
        return (axes[0], .fixed(count), axes[1], ElementArithmetic.divide(axes[2], .fixed(count)))
    }

    /// The number of keys or values of the past.
    func past(_ index: Int) throws(OperatorError) -> Dimension {
        guard let axes = site.shape(index)?.dimensions else { return .unknown }
        guard axes.count == 4 else { throw mismatch("past keys and values must have 4 axes") }
        return axes[2]
    }
}

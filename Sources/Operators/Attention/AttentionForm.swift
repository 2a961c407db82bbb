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

    let extents: AttentionExtents
    /// The keys of this call and of the past.
    let totalLength: Dimension

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
                .arity, subject: site.path, reason: "past_key, past_value and nonpad_kv_seqlen do not fit together",
                remedy: "give past_key and past_value both, or nonpad_kv_seqlen, or neither")
        }
        guard let query = site.shape(0)?.dimensions else { return nil }
        hasHeadAxis = query.count == 4
        let axes = try AttentionAxes(site, attributes, rank: query.count)
        extents = try axes.extents()
        var past = Dimension.fixed(0)
        if site.hasInput(4) {
            past = try axes.common(
                try axes.pastLength(4, extents, size: extents.headSize),
                try axes.pastLength(5, extents, size: extents.valueHeadSize))
        }
        totalLength = ElementArithmetic.add(extents.keyLength, past)
        try axes.checkMask(extents, keys: totalLength)
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
}

import Graphs
import Tensors

/// Scaled dot-product attention: `softmax(Q Kᵀ · scale + mask) V` for each head, with shared keys, a soft cap, causal and
/// windowed bounds, and keys and values carried from call to call.
///
/// Sources: Vaswani et al., "Attention Is All You Need" (arXiv 1706.03762), equation 1; Ainslie et al., "GQA" (arXiv
/// 2305.13245).
struct Attention: CompositeOperator {
    let name = "Attention"
    let family = OperatorFamily.attention
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [
            .init("Q", TypeSets.floats), .init("K", TypeSets.floats), .init("V", TypeSets.floats),
            .init("attn_mask", TypeSets.numbersAndBool, .optional), .init("past_key", TypeSets.floats, .optional),
            .init("past_value", TypeSets.floats, .optional), .init("nonpad_kv_seqlen", TypeSets.int64, .optional),
        ],
        outputs: [
            .init("Y", TypeSets.floats), .init("present_key", TypeSets.floats, .optional),
            .init("present_value", TypeSets.floats, .optional), .init("qk_matmul_output", TypeSets.floats, .optional),
        ],
        attributes: [
            .init("is_causal", default: .int(0)), .init("kv_num_heads"), .init("left_window_size", default: .int(-1)),
            .init("q_num_heads"), .init("qk_matmul_output_mode", default: .int(0)),
            .init("right_window_size", default: .int(-1)), .init("scale"), .init("softcap", default: .float(0)),
            .init("softmax_precision"),
        ], versions: [23, 24, 25])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let form = try AttentionForm(site, attributes(site))
        guard let type = site.elementType(0) else { return [nil, nil, nil, nil] }
        let values = site.elementType(2)
        guard let form else { return [.tensor(type, nil), .tensor(type, nil), nil, .tensor(type, nil)] }
        let extents = form.extents
        let (batch, length) = (extents.batch, extents.queryLength)
        var result: SymbolicShape = [batch, extents.queryHeads, length, extents.valueHeadSize]
        if !form.hasHeadAxis {
            result = [batch, length, ElementArithmetic.multiply(extents.queryHeads, extents.valueHeadSize)]
        }
        return [
            .tensor(type, result), .tensor(type, [batch, extents.keyHeads, form.totalLength, extents.headSize]),
            values.map { .tensor($0, [batch, extents.keyHeads, form.totalLength, extents.valueHeadSize]) },
            .tensor(type, [batch, extents.queryHeads, length, form.totalLength]),
        ]
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        guard let form = try AttentionForm(site, attributes(site)) else {
            _ = try site.requireRank(0)
            return []
        }
        var writer = AttentionBody(
            site: site, form: form, type: try site.requireElementType(0), inputs: inputs, body: body)
        let outputs = try writer.write()
        body = writer.body
        return Array(outputs.prefix(site.node.outputs.count))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        // Values of another type than the keys keep theirs.
        try call.tensor(0).elementType == call.tensor(2).elementType ? evaluateBody(call) : runBody(call)
    }

    var examples: [Example] { AttentionExamples.all }
}

import Graphs
import Tensors

/// Attention whose memory is one matrix a head: each token writes its value under its key, after the memory decayed or
/// forgot what it held for the key, and reads what it holds for its query.
///
/// The kernel follows the recurrence; the gradient is that of its parallel form.
///
/// Sources: Katharopoulos et al. (arXiv 2006.16236); Yang et al., "Gated Delta Networks" (arXiv 2412.06464), equation 10.
struct LinearAttention: CompositeOperator {
    let name = "LinearAttention"
    let family = OperatorFamily.attention
    let agreement = Agreement.approximation
    private static let types: Set<ElementType> = [.float16, .bfloat16, .float32]
    let signature = Signature(
        inputs: [
            .init("query", Self.types), .init("key", Self.types), .init("value", Self.types),
            .init("past_state", Self.types, .optional), .init("decay", Self.types, .optional),
            .init("beta", Self.types, .optional),
        ],
        outputs: [.init("output", Self.types), .init("present_state", Self.types)],
        attributes: [
            .init("chunk_size", default: .int(64)), .init("kv_num_heads", isRequired: true),
            .init("q_num_heads", isRequired: true), .init("scale", default: .float(0)),
            .init("update_rule", default: .string("gated_delta")),
        ], versions: [27])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let form = try LinearAttentionForm(site, attributes(site))
        guard let type = try commonElementType(site, [0, 1, 2, 4, 5]) else { return [nil, nil] }
        let hidden = ElementArithmetic.multiply(.fixed(form.queryHeads), form.valueSize)
        let state = site.hasInput(3) ? site.elementType(3) : type
        return [
            .tensor(type, [form.batch, form.length, hidden]),
            state.map { .tensor($0, [form.batch, .fixed(form.keyHeads), form.keySize, form.valueSize]) },
        ]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        guard let form = try? LinearAttentionForm(site, attributes(site)), let length = form.length.value,
            outputs.count > 1
        else { return .traffic(site, outputs: outputs) }
        // For each element of the state: decay, retrieve, write, and read once for each head of queries.
        let updates = (form.isGated ? 1.0 : 0) + (form.isDelta ? 2 : 0) + 2
        let steps = updates + 2 * Double(form.queryHeads / form.keyHeads)
        return .traffic(
            site, outputs: outputs, operations: steps * Double(length) * Work.elementCount(outputs[1]))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let site = call.typedSite
        let form = try LinearAttentionForm(site, attributes(site))
        func floats(_ index: Int) throws(OperatorError) -> [Float]? {
            guard let tensor = try call.optionalTensor(index) else { return nil }
            return try Conversion.convert(tensor, to: .float32, call.path).elements(call.path)
        }
        let types = try inferTypes(site)
        guard case .tensor(let type, let shape?)? = types[0], let shape = shape.shape,
            case .tensor(let stateType, let state?)? = types[1], let state = state.shape,
            let query = try floats(0), let key = try floats(1), let value = try floats(2), let scale = form.scale
        else { throw OperatorError(.type, subject: call.path, reason: "an input is not a tensor") }
        _ = try shape.allocatableCount(call.path)
        let count = try state.allocatableCount(call.path)
        var recurrence = LinearRecurrence(
            batch: state[0], length: shape[1], queryHeads: form.queryHeads, keyHeads: form.keyHeads,
            keySize: state[2], valueSize: state[3], scale: Float(scale), query: query, key: key, value: value,
            decay: try floats(4), beta: try floats(5),
            state: try floats(3) ?? [Float](repeating: 0, count: count))
        let output = try Tensor.make(recurrence.run(), shape, call.path)
        let last = try Tensor.make(recurrence.state, state, call.path)
        return [
            .tensor(try Conversion.convert(output, to: type, call.path)),
            .tensor(try Conversion.convert(last, to: stateType, call.path)),
        ]
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        var writer = LinearAttentionBody(
            site: site, form: try LinearAttentionForm(site, attributes(site)), inputs: inputs, body: body)
        let outputs = try writer.write()
        body = writer.body
        return outputs
    }

    var examples: [Example] {
        let rule = { (name: String) in Attribute("update_rule", .string(name)) }
        func heads(_ queries: Int, _ keys: Int) -> [Attribute] {
            [Attribute("q_num_heads", .int(queries)), Attribute("kv_num_heads", .int(keys))]
        }
        let inputs = [Value.noise([2, 5, 4]), .noise([2, 5, 4], seed: 2), .noise([2, 5, 6], seed: 3)]
        let decay = (Value.noise([2, 5, 2], seed: 5, shift: -1), Value.noise([2, 5, 4], seed: 5, shift: -1))
        let beta = Value.noise([2, 5, 2], seed: 6, scale: 0.5, shift: 0.5)
        return [
            Example(
                "sums of what keys hold", opset: 27,
                attributes: heads(1, 1) + [rule("linear"), Attribute("scale", .float(1))],
                inputs: [
                    .floats([1, 0, 1, 1], [1, 2, 2]), .floats([1, 0, 0, 1], [1, 2, 2]), .floats([2, 3], [1, 2, 1]),
                ],
                outputCount: 2, expected: [.floats([2, 5], [1, 2, 1]), .floats([2, 3], [1, 1, 2, 1])]),
            Example(
                "a value replaced", opset: 27, attributes: heads(1, 1) + [rule("delta")],
                inputs: [
                    .floats([1, 1], [1, 2, 1]), .floats([1, 1], [1, 2, 1]), .floats([2, 3], [1, 2, 1]), nil, nil,
                    .floats([1, 1], [1, 2, 1]),
                ], outputCount: 2, expected: [.floats([2, 3], [1, 2, 1]), .floats([3], [1, 1, 1, 1])]),
            Example(
                "decay of a head", opset: 27, attributes: heads(2, 2) + [rule("gated")],
                inputs: inputs + [.noise([2, 2, 2, 3], seed: 4), decay.0], outputCount: 2),
            Example(
                "decay of each element, rate of all heads", opset: 27,
                attributes: heads(2, 2) + [Attribute("chunk_size", .int(2))],
                inputs: inputs + [.noise([2, 2, 2, 3], seed: 4), decay.1, .noise([2, 5, 1], seed: 6, shift: 1)],
                outputCount: 2),
            Example(
                "keys shared", opset: 27, attributes: heads(4, 2),
                inputs: [.noise([2, 5, 8])] + inputs[1...] + [nil, decay.0, beta], outputCount: 2),
        ]
    }
}

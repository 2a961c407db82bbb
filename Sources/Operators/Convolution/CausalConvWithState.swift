import Graphs
import Tensors

/// A convolution along time that looks back only, each channel by itself; the last inputs are carried to the next call.
///
/// Source: Gu and Dao, "Mamba" (arXiv 2312.00752), section 3.4, which puts one before its recurrence.
struct CausalConvWithState: CompositeOperator {
    let name = "CausalConvWithState"
    let family = OperatorFamily.convolution
    let agreement = Agreement.accumulation
    private static let types: Set<ElementType> = [.float16, .bfloat16, .float32]
    let signature = Signature(
        inputs: [
            .init("input", Self.types), .init("weight", Self.types), .init("bias", Self.types, .optional),
            .init("past_state", Self.types, .optional),
        ],
        outputs: [.init("output", Self.types), .init("present_state", Self.types)],
        attributes: [.init("activation", default: .string("none"))], versions: [27])

    /// Channels and the extent of the kernel.
    private func form(_ site: CallSite) throws(OperatorError) -> (channels: Dimension, kernel: Dimension) {
        let activation = try attributes(site).string("activation")
        guard ["none", "silu", "swish"].contains(activation) else {
            throw OperatorError(
                .attribute, subject: site.path, reason: "attribute 'activation' is '\(activation)'",
                remedy: "use none, silu or swish")
        }
        let axes = site.shape(0)?.dimensions ?? [.unknown, .unknown, .unknown]
        let weight = site.shape(1)?.dimensions ?? [.unknown, .unknown, .unknown]
        let past = site.shape(3)?.dimensions ?? [.unknown, .unknown, .unknown]
        guard axes.count == 3, weight.count == 3, past.count == 3, weight[1].value ?? 1 == 1, weight[2] != .fixed(0),
            axes[1].mayEqual(weight[0]),
            past[2].value.flatMap({ length in weight[2].value.map { $0 - 1 == length } }) ?? true
        else {
            let shapes = [0, 1, 3].map { site.shape($0)?.text ?? "?" }.joined(separator: ", ")
            throw OperatorError(
                .shape, subject: site.path, reason: "data, weights and state of shapes \(shapes) do not fit",
                remedy: "give them the shapes N, C, L and C, 1, k and N, C, k − 1")
        }
        return (axes[1].value == nil ? weight[0] : axes[1], weight[2])
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let form = try form(site)
        guard let type = try commonElementType(site) else { return [nil, nil] }
        let batch = site.shape(0)?.dimensions.first ?? .unknown
        return [
            .tensor(type, site.shape(0)),
            .tensor(type, [batch, form.channels, ElementArithmetic.subtract(form.kernel, .fixed(1))]),
        ]
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        let form = try form(site)
        guard let channels = form.channels.value, let kernel = form.kernel.value else {
            _ = try site.requireFixedShape(1)
            return []
        }
        let type = try site.requireElementType(0)
        let past =
            site.hasInput(3)
            ? inputs[3]
            : try body.zeros(body.join([body.extents(inputs[0], 0..<2), body.integers([kernel - 1])]), type)
        let padded = body.call("Concat", [past, inputs[0]], [Attribute("axis", .int(2))])
        let operands = [padded, inputs[1]] + (site.hasInput(2) ? [inputs[2]] : [])
        var result = body.call("Conv", operands, [Attribute("group", .int(channels))])
        if try attributes(site).string("activation") != "none" {
            result = body.multiply(result, body.call("Sigmoid", [result]))
        }
        let start = kernel == 1 ? Int.max : 1 - kernel
        return [result, body.slice(padded, starts: [start], ends: [Int.max], axes: [2])]
    }

    var examples: [Example] {
        let data = Value.noise([2, 3, 5])
        let weight = Value.noise([3, 1, 4], seed: 2)
        return [
            Example(
                "sum of this and the last", opset: 27,
                inputs: [.floats([1, 2, 4], [1, 1, 3]), .floats([1, 1], [1, 1, 2])], outputCount: 2,
                constantInputs: [1], expected: [.floats([1, 3, 6], [1, 1, 3]), .floats([4], [1, 1, 1])]),
            Example(
                "one step, state and bias", opset: 27,
                inputs: [
                    .floats([8], [1, 1, 1]), .floats([1, 1], [1, 1, 2]), .floats([0.5]), .floats([4], [1, 1, 1]),
                ], outputCount: 2, constantInputs: [1, 2],
                expected: [.floats([12.5], [1, 1, 1]), .floats([8], [1, 1, 1])]),
            Example(
                "activation", opset: 27, attributes: [Attribute("activation", .string("silu"))],
                inputs: [data, weight, .noise([3], seed: 3), .noise([2, 3, 3], seed: 4)], outputCount: 2),
            Example(
                "kernel of one element", opset: 27, attributes: [Attribute("activation", .string("swish"))],
                inputs: [data, .noise([3, 1, 1], seed: 2)], outputCount: 2),
        ]
    }
}

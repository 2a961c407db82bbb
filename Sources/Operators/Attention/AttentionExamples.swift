import Graphs
import Tensors

/// The examples of `Attention`, one for each attribute and form.
enum AttentionExamples {
    private static func int(_ name: String, _ value: Int) -> Attribute { Attribute(name, .int(value)) }
    private static func float(_ name: String, _ value: Float) -> Attribute { Attribute(name, .float(value)) }

    private static let queries = Value.noise([2, 2, 3, 4], seed: 1)
    private static let keys = Value.noise([2, 2, 5, 4], seed: 2)
    private static let values = Value.noise([2, 2, 5, 3], seed: 3)

    private static func plain(
        _ name: String, opset: Int = 23, _ attributes: [Attribute], mask: Value? = nil, outputs: Int = 1,
        isDifferentiable: Bool = true
    ) -> Example {
        Example(
            name, opset: opset, attributes: attributes, inputs: [queries, keys, values, mask], outputCount: outputs,
            isDifferentiable: isDifferentiable)
    }

    static var all: [Example] { closedForms + forms + masks + caches }

    /// Where one can compute by hand.
    private static var closedForms: [Example] {
        let one = Value.floats([1, 0], [1, 1, 1, 2])
        let pair = Value.floats([1, 0, 0, 1], [1, 1, 2, 2])
        let zeros = Value.floats([0, 0, 0, 0], [1, 1, 2, 2])
        let numbers = Value.floats([1, 2, 3, 4], [1, 1, 2, 2])
        return [
            Example(
                "one query, weights 2 to 1", opset: 23, attributes: [float("scale", 0.693_147_2)],
                inputs: [one, pair, numbers], expected: [.floats([5.0 / 3, 8.0 / 3], [1, 1, 1, 2])]),
            Example(
                "causal mean", opset: 23, attributes: [int("is_causal", 1)], inputs: [zeros, pair, numbers],
                expected: [.floats([1, 2, 2, 3], [1, 1, 2, 2])]),
            Example(
                "a query that sees no key", opset: 24,
                inputs: [zeros, pair, numbers, .bools([false, false], [2, 1])],
                expected: [.floats([0, 0, 0, 0], [1, 1, 2, 2])], isDifferentiable: false),
        ]
    }

    private static var forms: [Example] {
        [
            plain("default scale", []),
            plain("soft cap, capped scores", [float("softcap", 2), int("qk_matmul_output_mode", 1)], outputs: 4),
            plain("scores before the cap", [float("softcap", 2)], outputs: 4),
            plain("probabilities", [int("qk_matmul_output_mode", 3)], outputs: 4),
            plain("softmax in double precision", [int("softmax_precision", 11)]),
            Example(
                "heads side by side, keys shared", opset: 23,
                attributes: [int("q_num_heads", 4), int("kv_num_heads", 2)],
                inputs: [.noise([2, 3, 8]), .noise([2, 5, 4], seed: 2), .noise([2, 5, 6], seed: 3)],
                outputCount: 3),
            Example(
                "keys shared by all heads", opset: 24, attributes: [int("is_causal", 1)],
                inputs: [.noise([1, 3, 4, 2]), .noise([1, 1, 4, 2], seed: 2), .noise([1, 1, 4, 2], seed: 3)]),
        ]
    }

    private static var masks: [Example] {
        let truth = Value.bools([true, false, true, true, false, true], [3, 2])
        return [
            plain("mask of numbers", [], mask: .noise([2, 1, 3, 5], seed: 4)),
            plain(
                "masked scores", [int("qk_matmul_output_mode", 2)], mask: .noise([3, 5], seed: 4), outputs: 4),
            plain(
                "mask of truth values, causal", [int("is_causal", 1)],
                mask: .bools([true, true, true, false, true], [1, 5])),
            plain("mask shorter than the keys", opset: 24, [], mask: truth),
            plain("window", opset: 25, [int("left_window_size", 1), int("right_window_size", 2)]),
            plain("causal window", opset: 25, [int("left_window_size", 1), int("is_causal", 1)]),
        ]
    }

    private static var caches: [Example] {
        let past = (Value.noise([2, 2, 2, 4], seed: 5), Value.noise([2, 2, 2, 3], seed: 6))
        return [
            Example(
                "past and present, causal", opset: 23, attributes: [int("is_causal", 1)],
                inputs: [queries, .noise([2, 2, 3, 4], seed: 2), .noise([2, 2, 3, 3], seed: 3), nil, past.0, past.1],
                outputCount: 3),
            Example(
                "padded keys, causal", opset: 24, attributes: [int("is_causal", 1)],
                inputs: [queries, keys, values, nil, nil, nil, .ints([4, 5])], constantInputs: [6]),
            Example(
                "padded keys, fewer than queries", opset: 24, attributes: [int("is_causal", 1)],
                inputs: [queries, keys, values, nil, nil, nil, .ints([2, 3])]),
        ]
    }
}

import Graphs
import Tensors

/// Pairs of elements of each head turned by an angle that grows with the token's position.
///
/// Source: Su et al., "RoFormer: Enhanced Transformer with Rotary Position Embedding" (arXiv 2104.09864), section 3.4.2.
struct RotaryEmbedding: CompositeOperator {
    let name = "RotaryEmbedding"
    let family = OperatorFamily.attention
    let agreement = Agreement.rounding
    private static let types: Set<ElementType> = [.float16, .bfloat16, .float32]
    let signature = Signature(
        inputs: [
            .init("X", Self.types), .init("cos_cache", Self.types), .init("sin_cache", Self.types),
            .init("position_ids", TypeSets.int64, .optional),
        ],
        outputs: [.init("Y", Self.types)],
        attributes: [
            .init("interleaved", default: .int(0)), .init("num_heads"), .init("rotary_embedding_dim", default: .int(0)),
        ], versions: [23])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        _ = try form(site)
        return [site.operand(0)?.type]
    }

    /// How heads are laid out, and how much of each turns.
    private struct Form {
        let hasHeadAxis: Bool
        let heads: Dimension
        let headSize: Dimension
        /// The elements of a head that turn; `nil` where the size of a head is not known and all turn.
        let turned: Int?
        /// True where some elements of each head stay.
        let isPartial: Bool
    }

    private func form(_ site: CallSite) throws(OperatorError) -> Form? {
        let attributes = attributes(site)
        let given = try attributes.int("rotary_embedding_dim")
        guard let axes = site.shape(0)?.dimensions else { return nil }
        var (heads, size) = (Dimension.unknown, Dimension.unknown)
        if axes.count == 4 {
            (heads, size) = (axes[1], axes[3])
        } else {
            let count = try attributes.optionalInt("num_heads") ?? 0
            guard axes.count == 3, count > 0, (axes[2].value ?? 0) % count == 0 else {
                throw OperatorError(
                    .shape, subject: site.path, reason: "it finds no heads in \(SymbolicShape(axes).text)",
                    remedy: "give it 4 axes, or 3 and attribute 'num_heads', which divides the last extent")
            }
            (heads, size) = (.fixed(count), ElementArithmetic.divide(axes[2], .fixed(count)))
        }
        let turned = given == 0 ? size.value : given
        if let turned, turned < 0 || turned % 2 != 0 || turned > size.value ?? turned {
            throw OperatorError(
                .attribute, subject: site.path, reason: "\(turned) elements of a head of \(size.text) cannot turn",
                remedy: "use an even number of at most the size of a head")
        }
        return Form(
            hasHeadAxis: axes.count == 4, heads: heads, headSize: size, turned: turned,
            isPartial: given != 0 && given != size.value)
    }

    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String] {
        _ = try site.requireRank(0)
        guard let form = try form(site) else { return [] }
        // Every token of every head: [N, L, H, D].
        let tokens =
            form.hasHeadAxis
            ? body.transpose(inputs[0], [0, 2, 1, 3])
            : body.reshape(inputs[0], to: body.integers([0, 0, form.heads.value ?? -1, form.headSize.value ?? -1]))
        var (moving, staying) = (tokens, String?.none)
        if form.isPartial, let turned = form.turned {
            moving = body.slice(tokens, starts: [0], ends: [turned], axes: [3])
            staying = body.slice(tokens, starts: [turned], ends: [Int.max], axes: [3])
        }
        let angles = [1, 2].map { index in
            var cache = inputs[index]
            if site.hasInput(3) { cache = body.call("Gather", [cache, inputs[3]], [Attribute("axis", .int(0))]) }
            return body.unsqueeze(cache, axes: [2])
        }
        var result = turn(moving, cosine: angles[0], sine: angles[1], try attributes(site).flag("interleaved"), &body)
        if let staying { result = body.call("Concat", [result, staying], [Attribute("axis", .int(3))]) }
        return [
            form.hasHeadAxis
                ? body.transpose(result, [0, 2, 1, 3]) : body.reshape(result, to: body.shape(inputs[0]))
        ]
    }

    /// Turns pairs of elements: neighbours where they are interleaved, else one of each half.
    private func turn(
        _ tokens: String, cosine: String, sine: String, _ isInterleaved: Bool, _ body: inout NodeWriter
    ) -> String {
        let halve = [Attribute("axis", .int(isInterleaved ? 4 : 3)), Attribute("num_outputs", .int(2))]
        let parts: [String]
        if isInterleaved {
            let pairs = body.reshape(tokens, to: body.integers([0, 0, 0, -1, 2]))
            parts = body.call("Split", [pairs], outputCount: 2, halve).map { body.squeeze($0, axes: [4]) }
        } else {
            parts = body.call("Split", [tokens], outputCount: 2, halve)
        }
        let real = body.subtract(body.multiply(cosine, parts[0]), body.multiply(sine, parts[1]))
        let imaginary = body.add(body.multiply(sine, parts[0]), body.multiply(cosine, parts[1]))
        guard isInterleaved else { return body.call("Concat", [real, imaginary], [Attribute("axis", .int(3))]) }
        let pairs = [real, imaginary].map { body.unsqueeze($0, axes: [4]) }
        return body.reshape(body.call("Concat", pairs, [Attribute("axis", .int(4))]), to: body.shape(tokens))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let site = call.typedSite
        guard let form = try form(site), let data = site.fixedShape(0) else { return [] }
        let tokens = [data[0], data[form.hasHeadAxis ? 2 : 1]]
        let positions = try call.optionalTensor(3)?.shape
        for index in 1...2 {
            let cache = try call.tensor(index).shape
            let held = positions?.dimensions ?? Array(cache.dimensions.dropLast())
            let fits = held.count == 2 && zip(held, tokens).allSatisfy { $0 == $1 || $0 == 1 }
            guard fits, cache.rank == (positions == nil ? 3 : 2), cache.last == (form.turned ?? 0) / 2 else {
                throw OperatorError(
                    .shape, subject: call.path, reason: "a cache of shape \(cache) does not fit data of shape \(data)",
                    remedy: "give a cache of 3 axes (batch, token, angle), or positions and a cache of 2 axes")
            }
        }
        return try evaluateBody(call)
    }

    var examples: [Example] {
        // Quarter turns: cosine 0 and sine 1; no turn: cosine 1 and sine 0.
        let quarter = (Value.floats([0, 1], [1, 1, 2]), Value.floats([1, 0], [1, 1, 2]))
        let caches = (Value.noise([6, 2], seed: 2), Value.noise([6, 2], seed: 3))
        let positions = Value.ints([0, 1, 2, 5, 4, 3], [2, 3])
        return [
            Example(
                "halves, a quarter turn", opset: 23,
                inputs: [.floats([1, 2, 3, 4], [1, 1, 1, 4]), quarter.0, quarter.1],
                expected: [.floats([-3, 2, 1, 4], [1, 1, 1, 4])]),
            Example(
                "interleaved, a quarter turn", opset: 23, attributes: [Attribute("interleaved", .int(1))],
                inputs: [.floats([1, 2, 3, 4], [1, 1, 1, 4]), quarter.0, quarter.1],
                expected: [.floats([-2, 1, 3, 4], [1, 1, 1, 4])]),
            Example(
                "positions", opset: 23, inputs: [.noise([2, 2, 3, 4]), caches.0, caches.1, positions],
                constantInputs: [3]),
            Example(
                "heads side by side, a part turns", opset: 23,
                attributes: [Attribute("num_heads", .int(2)), Attribute("rotary_embedding_dim", .int(4))],
                inputs: [.noise([2, 3, 12]), caches.0, caches.1, positions]),
            Example(
                "interleaved, a part turns", opset: 23,
                attributes: [Attribute("interleaved", .int(1)), Attribute("rotary_embedding_dim", .int(4))],
                inputs: [.noise([2, 2, 3, 6]), caches.0, caches.1, positions]),
        ]
    }
}

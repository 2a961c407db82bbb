import Graphs
import Tensors

/// Writes one call of `LinearAttention` in its parallel form, all tokens at once, from which its gradient is made.
///
/// With `c` the running sum of the decays, `u` what each token writes and `S` the state before:
/// `o_t = scale (Σ_{s≤t} (q_t · e^{c_t − c_s} k_s) u_s + (q_t e^{c_t}) S)`. Under a delta rule
/// `u = β (v − (k e^c) S − L u)` with `L_ts = k_t · e^{c_t − c_s} k_s` for `s < t`, a triangular system.
///
/// Source: Yang et al., "Parallelizing Linear Transformers with the Delta Rule" (arXiv 2406.06484), section 3.2.
struct LinearAttentionBody {
    let site: CallSite
    let form: LinearAttentionForm
    let inputs: [String]
    var body: NodeWriter

    /// Writes the call; gives the names of the outputs.
    mutating func write() throws(OperatorError) -> [String] {
        let type = try site.requireElementType(0)
        guard let scale = form.scale else {
            _ = try site.requireFixedShape(1)
            return []
        }
        let group = form.queryHeads / form.keyHeads
        let query = body.transpose(
            body.reshape(wide(0), to: body.integers([0, 0, form.keyHeads, group, -1])), [0, 2, 3, 1, 4])
        let (key, value) = (heads(1), heads(2))
        let state = site.hasInput(3) ? wide(3) : nil
        let sums = form.isGated ? runningDecay() : nil
        let kept = sums.map { body.call("Exp", [$0]) }
        let seen = try seenKeys(key, sums)
        var written = value
        if form.isDelta { written = try solve(key, value, seen, kept, state) }
        // [N, H, L, L', D] times [N, H, L, D, G]: the score of each earlier token for each query of the group.
        let scores = body.transpose(
            body.matrixProduct(seen, body.transpose(query, [0, 1, 3, 4, 2])), [0, 1, 4, 2, 3])
        var output = body.matrixProduct(scores, body.unsqueeze(written, axes: [2]))
        let last = body.squeeze(body.slice(seen, starts: [-1], ends: [Int.max], axes: [2]), axes: [2])
        var present = body.matrixProduct(body.transpose(last, [0, 1, 3, 2]), written)
        if let state {
            let faded = kept.map { body.multiply(query, body.unsqueeze($0, axes: [2])) } ?? query
            output = body.add(output, body.matrixProduct(faded, body.unsqueeze(state, axes: [2])))
            var rest = state
            if let kept {
                let end = body.slice(kept, starts: [-1], ends: [Int.max], axes: [2])
                rest = body.multiply(body.transpose(end, [0, 1, 3, 2]), state)
            }
            present = body.add(present, rest)
        }
        output = body.multiply(output, try body.scalar(scale, .float32))
        output = body.reshape(body.transpose(output, [0, 3, 1, 2, 4]), to: body.integers([0, 0, -1]))
        let stateType = site.hasInput(3) ? try site.requireElementType(3) : type
        return [narrow(output, type), narrow(present, stateType)]
    }

    /// An input in single precision.
    private mutating func wide(_ index: Int) -> String {
        site.elementType(index) == .float32 ? inputs[index] : body.cast(inputs[index], to: .float32)
    }

    private mutating func narrow(_ value: String, _ type: ElementType) -> String {
        type == .float32 ? value : body.cast(value, to: type)
    }

    /// Keys, values or decays by head: `[N, H, L, D]`.
    private mutating func heads(_ index: Int) -> String {
        body.splitHeads(wide(index), heads: .fixed(form.keyHeads), size: .unknown)
    }

    /// The sum of the decays up to each token.
    private mutating func runningDecay() -> String { body.call("CumSum", [heads(4), body.integer(2)]) }

    /// What is left at each token of each earlier key, or its own, zeros for later ones: `[N, H, L, L', D]`.
    private mutating func seenKeys(_ key: String, _ sums: String?) throws(OperatorError) -> String {
        let rows = body.unsqueeze(key, axes: [2])
        let isSeen = body.unsqueeze(comparison("GreaterOrEqual", key), axes: [2])
        guard let sums else { return body.call("Where", [isSeen, rows, try body.scalar(0, .float32)]) }
        let difference = body.subtract(body.unsqueeze(sums, axes: [3]), body.unsqueeze(sums, axes: [2]))
        let bounded = body.call("Where", [isSeen, difference, try body.scalar(-.infinity, .float32)])
        return body.multiply(body.call("Exp", [bounded]), rows)
    }

    /// A comparison of every token's number with every other's: `[L, L']`.
    private mutating func comparison(_ type: String, _ key: String) -> String {
        let numbers = body.positions(along: 2, of: key)
        return body.call(type, [body.unsqueeze(numbers, axes: [1]), numbers])
    }

    /// What each token writes under a delta rule: `(1 + β L)⁻¹ β (v − (k e^c) S)`.
    ///
    /// `N = −β L` is strictly triangular, so that `(1 − N)⁻¹ = (1 + N)(1 + N²)(1 + N⁴) …` ends.
    private mutating func solve(
        _ key: String, _ value: String, _ seen: String, _ kept: String?, _ state: String?
    ) throws(OperatorError) -> String {
        guard let length = form.length.value else {
            _ = try site.requireFixedShape(1)
            return value
        }
        let rate = body.unsqueeze(body.transpose(wide(5), [0, 2, 1]), axes: [3])
        var free = value
        if let state {
            let faded = kept.map { body.multiply(key, $0) } ?? key
            free = body.subtract(value, body.matrixProduct(faded, state))
        }
        var written = body.multiply(rate, free)
        let overlap = body.squeeze(body.matrixProduct(seen, body.unsqueeze(key, axes: [4])), axes: [4])
        let isEarlier = comparison("Greater", key)
        let strict = body.call("Where", [isEarlier, overlap, try body.scalar(0, .float32)])
        var power = body.negate(body.multiply(rate, strict))
        var reach = 1
        while reach < length {
            written = body.add(written, body.matrixProduct(power, written))
            reach *= 2
            if reach < length { power = body.matrixProduct(power, power) }
        }
        return written
    }
}

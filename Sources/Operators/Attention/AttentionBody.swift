import Graphs
import Tensors

/// Writes one call of `Attention` as calls of products, softmax and masks.
struct AttentionBody {
    let site: CallSite
    let form: AttentionForm
    let type: ElementType
    let inputs: [String]
    var body: NodeWriter

    /// Writes the call; gives the names of all four outputs.
    mutating func write() throws(OperatorError) -> [String] {
        let query = split(inputs[0], heads: form.queryHeads, size: form.headSize)
        var key = split(inputs[1], heads: form.keyHeads, size: form.headSize)
        var value = split(inputs[2], heads: form.keyHeads, size: form.valueHeadSize)
        key = joined(key, past: 4)
        value = joined(value, past: 5)
        let product = try scores(query, key)
        let capped = try cap(product)
        let bias = try bias(query, key)
        let masked = bias.map { body.add(capped, $0) } ?? capped
        let probabilities = try softmax(masked, bias)
        let weighted = site.elementType(2) == type ? value : body.cast(value, to: type)
        var result = matrixProduct(probabilities, weighted, query: query, last: weighted)
        if !form.hasHeadAxis {
            result = body.transpose(result, [0, 2, 1, 3])
            let hidden = form.queryHeads.value.flatMap { heads in form.valueHeadSize.value.map { $0 * heads } }
            result = body.reshape(result, to: body.integers([0, 0, hidden ?? -1]))
        }
        let shown =
            switch form.scoreStage {
            case .product: product
            case .capped: capped
            case .masked: masked
            case .probabilities: probabilities
            }
        return [result, key, value, shown]
    }

    /// Gives heads that lie side by side an axis of their own: `[N, L, H·D]` to `[N, H, L, D]`.
    private mutating func split(_ name: String, heads: Dimension, size: Dimension) -> String {
        guard !form.hasHeadAxis else { return name }
        let target = body.integers([0, 0, heads.value ?? 1, size.value ?? -1])
        return body.transpose(body.reshape(name, to: target), [0, 2, 1, 3])
    }

    /// Keys or values after those of the past; an output of its own in either case.
    private mutating func joined(_ present: String, past index: Int) -> String {
        guard site.hasInput(index) else { return body.call("Identity", [present]) }
        return body.call("Concat", [inputs[index], present], [Attribute("axis", .int(2))])
    }

    /// `(Q √scale) (K √scale)ᵀ`.
    private mutating func scores(_ query: String, _ key: String) throws(OperatorError) -> String {
        let root: String
        if let scale = form.scale {
            root = try body.scalar(Double(scale).squareRoot(), type)
        } else if let size = form.headSize.value {
            root = try body.scalar((1 / Double(size).squareRoot()).squareRoot(), type)
        } else {
            let size = body.cast(body.extents(query, 3..<4), to: type)
            root = body.call("Pow", [size, try body.scalar(-0.25, type)])
        }
        let turned = body.multiply(body.transpose(key, [0, 1, 3, 2]), root)
        return matrixProduct(body.multiply(query, root), turned, query: query, last: turned)
    }

    /// The product of two tensors of 4 axes, the right one of which may have fewer heads, each for a group of the left's;
    /// `last` is the tensor whose last extent the result has.
    private mutating func matrixProduct(_ left: String, _ right: String, query: String, last: String) -> String {
        if form.sharesNoKeys { return body.matrixProduct(left, right) }
        let heads: String
        if let all = form.queryHeads.value, let shared = form.keyHeads.value, shared > 0 {
            heads = body.integers([shared, all / shared])
        } else {
            let shared = body.extents(right, 1..<2)
            heads = body.join([shared, body.divide(body.extents(left, 1..<2), shared)])
        }
        let grouped = body.join([body.extents(left, 0..<1), heads, body.extents(left, 2..<4)])
        let product = body.matrixProduct(exactly(left, grouped), body.unsqueeze(right, axes: [2]))
        return exactly(product, body.join([body.extents(query, 0..<3), body.extents(last, 3..<4)]))
    }

    /// Reshapes to extents of which a 0 means none.
    private mutating func exactly(_ name: String, _ shape: String) -> String {
        body.call("Reshape", [name, shape], [Attribute("allowzero", .int(1))])
    }

    /// `c tanh(x / c)`; the cap 0 stands for none.
    private mutating func cap(_ scores: String) throws(OperatorError) -> String {
        guard form.softcap > 0 else { return scores }
        let cap = try body.scalar(Double(form.softcap), type)
        return body.multiply(body.call("Tanh", [body.divide(scores, cap)]), cap)
    }

    /// The softmax over the keys; a query that sees no key gets zeros.
    private mutating func softmax(_ scores: String, _ bias: String?) throws(OperatorError) -> String {
        let zero = try body.scalar(0, type)
        var (scores, seesNothing) = (scores, String?.none)
        if let bias {
            let largest = body.reduce("ReduceMax", bias, axes: [-1])
            let mask = body.call("Equal", [largest, try body.scalar(-.infinity, type)])
            // Finite before the softmax, so that no gradient becomes NaN there.
            scores = body.call("Where", [mask, zero, scores])
            seesNothing = mask
        }
        let isCast = form.softmaxType.map { $0 != type } ?? false
        if isCast, let precise = form.softmaxType { scores = body.cast(scores, to: precise) }
        var result = body.call("Softmax", [scores], [Attribute("axis", .int(-1))])
        if isCast { result = body.cast(result, to: type) }
        return seesNothing.map { body.call("Where", [$0, zero, result]) } ?? result
    }
}

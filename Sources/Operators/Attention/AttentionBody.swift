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
        let extents = form.extents
        let query = split(inputs[0], heads: extents.queryHeads, size: extents.headSize)
        var key = split(inputs[1], heads: extents.keyHeads, size: extents.headSize)
        var value = split(inputs[2], heads: extents.keyHeads, size: extents.valueHeadSize)
        key = joined(key, past: 4)
        value = joined(value, past: 5)
        let product = try scores(query, key)
        let capped = try cap(product)
        let bias = try bias(query, key)
        let masked = bias.map { body.add(capped, $0) } ?? capped
        let probabilities = try softmax(masked, bias)
        let weighted = site.elementType(2) == type ? value : body.cast(value, to: type)
        var result = headProduct(probabilities, weighted)
        if !form.hasHeadAxis {
            result = body.joinHeads(result, heads: extents.queryHeads, size: extents.valueHeadSize)
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

    private mutating func split(_ name: String, heads: Dimension, size: Dimension) -> String {
        form.hasHeadAxis ? name : body.splitHeads(name, heads: heads, size: size)
    }

    /// Keys or values after those of the past; an output of its own in either case.
    private mutating func joined(_ present: String, past index: Int) -> String {
        guard site.hasInput(index) else { return body.call("Identity", [present]) }
        return body.call("Concat", [inputs[index], present], [Attribute("axis", .int(2))])
    }

    /// `(Q √scale) (K √scale)ᵀ`.
    private mutating func scores(_ query: String, _ key: String) throws(OperatorError) -> String {
        let root = try body.rootOfScale(form.scale, query: query, size: form.extents.headSize, type)
        return headProduct(body.multiply(query, root), body.multiply(body.transpose(key, [0, 1, 3, 2]), root))
    }

    private mutating func headProduct(_ left: String, _ right: String) -> String {
        body.headProduct(left, right, heads: form.extents.queryHeads, shared: form.extents.keyHeads)
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

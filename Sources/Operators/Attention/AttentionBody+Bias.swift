import Graphs
import Tensors

/// What is added to the scores: the mask, and −∞ where a position may not be seen.
extension AttentionBody {
    /// The sum of mask and bounds; `nil` where every query sees every key.
    mutating func bias(_ query: String, _ key: String) throws(OperatorError) -> String? {
        let mask = site.hasInput(3) ? try mask(key) : nil
        guard let visible = try visible(query, key) else { return mask }
        let bounds = try chosen(visible)
        return mask.map { body.add($0, bounds) } ?? bounds
    }

    /// 0 where a truth value holds, −∞ elsewhere.
    private mutating func chosen(_ truth: String) throws(OperatorError) -> String {
        body.call("Where", [truth, try body.scalar(0, type), try body.scalar(-.infinity, type)])
    }

    /// The mask as numbers to add, filled up with −∞ to the number of keys.
    private mutating func mask(_ key: String) throws(OperatorError) -> String {
        var mask = inputs[3]
        let element = site.elementType(3)
        if element == .bool { mask = try chosen(mask) } else if element != type { mask = body.cast(mask, to: type) }
        // Before version 24 a mask is as long as the keys, or stretched to them.
        if site.opset < 24 { return mask }
        if let own = site.shape(3)?.dimensions.last?.value, let all = form.totalLength.value {
            if own == all { return mask }
            return body.call("Pad", [mask, body.integers([0, all - own]), try low(), body.integers([-1])])
        }
        let missing = body.subtract(body.extents(key, 2..<3), body.call("Shape", [mask], [.init("start", .int(-1))]))
        return body.call("Pad", [mask, body.join([body.integers([0]), missing]), try low(), body.integers([-1])])
    }

    private mutating func low() throws(OperatorError) -> String { try body.scalar(-.infinity, type) }

    /// Truth values that hold where a query may see a key by their positions; `nil` where it always may.
    private mutating func visible(_ query: String, _ key: String) throws(OperatorError) -> String? {
        let hasBounds = form.isCausal || form.leftWindow != nil || form.rightWindow != nil
        guard hasBounds || site.hasInput(6) else { return nil }
        let keys = body.positions(along: 2, of: key)
        var lengths: String?
        if site.hasInput(6) { lengths = body.reshape(inputs[6], to: body.integers([-1, 1, 1, 1])) }
        var rules: [String] = []
        if hasBounds {
            let distance = body.subtract(queryPositions(query, lengths), keys)
            if form.isCausal { rules.append(body.call("GreaterOrEqual", [distance, body.integer(0)])) }
            if let left = form.leftWindow {
                rules.append(body.call("LessOrEqual", [distance, body.integer(left)]))
            }
            if let right = form.rightWindow {
                rules.append(body.call("GreaterOrEqual", [distance, body.integer(-right)]))
            }
        }
        if let lengths { rules.append(body.call("Less", [keys, lengths])) }
        return rules.dropFirst().reduce(rules[0]) { body.call("And", [$0, $1]) }
    }

    /// Where the queries stand among the keys, as a column: after the keys of the past, or at the end of those that are
    /// no padding.
    private mutating func queryPositions(_ query: String, _ lengths: String?) -> String {
        let column = body.unsqueeze(body.positions(along: 2, of: query), axes: [1])
        if let lengths { return body.add(column, body.subtract(lengths, body.extents(query, 2..<3))) }
        return site.hasInput(4) ? body.add(column, body.extents(inputs[4], 2..<3)) : column
    }
}

import Graphs
import Tensors

/// Removes nodes that give their input back.
struct IdentityElimination: RegionPass {
    let name = "identity-elimination"
    let summary =
        "remove nodes that give their input back: Identity, Dropout in inference, Cast, Reshape, Transpose, Pad, Slice, "
        + "Concat, Expand, Tile and others that do nothing"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index), let result = node.outputs.first, !result.isEmpty,
                let source = node.inputs.first, !source.isEmpty,
                node.outputs.dropFirst().allSatisfy({ region.useCount($0) == 0 }),
                NoOperation(node: node, region: region).isOne
            else { continue }
            if region.substitute(index, result: result, by: source) {
                region.noteRewrite()
            } else if node.operatorType != "Identity" {
                // An output of the region needs a node that writes it.
                region.replace(index, by: Node("Identity", inputs: [source], outputs: [result], name: node.name))
                region.noteRewrite()
            }
        }
    }
}

/// Whether a call gives its first input back, element for element.
private struct NoOperation {
    let node: Node
    let region: Region

    var isOne: Bool {
        switch node.operatorType {
        case "Identity": true
        case "Dropout": isInference
        case "Cast": isSameType
        case "CastLike": hasSameElements(as: node.inputs.dropFirst().first)
        case "Transpose": isSamePermutation
        case "Concat", "Sum", "Max", "Min", "Mean": node.inputs.count == 1
        case "Reshape": keepsShape(countIsKept: true)
        case "Flatten", "Squeeze", "Unsqueeze": keepsShape(countIsKept: true)
        case "Expand", "Tile", "Slice": keepsShape(countIsKept: false) && !isReversal
        case "Pad": keepsShape(countIsKept: false) && addsNothing
        case "Split": node.outputs.count == 1 && keepsShape(countIsKept: false)
        case "Clip": node.inputs.dropFirst().allSatisfy(\.isEmpty) && node.attributes.isEmpty
        default: false
        }
    }

    private var isInference: Bool {
        guard region.opset >= 12, node.inputs.count > 2, !node.inputs[2].isEmpty else { return true }
        guard let mode = region.constant(node.inputs[2]), let isTraining = try? mode.isTrue("") else { return false }
        return !isTraining
    }

    private var isSameType: Bool {
        guard case .int(let code)? = node.attribute("to"), let type = region.elementType(node.inputs[0]) else {
            return false
        }
        return Int(type.rawValue) == code
    }

    private func hasSameElements(as other: String?) -> Bool {
        guard let other, let own = region.elementType(node.inputs[0]) else { return false }
        return region.elementType(other) == own
    }

    private var isSamePermutation: Bool {
        if case .ints(let permutation)? = node.attribute("perm") { return permutation == Array(permutation.indices) }
        return region.shape(node.inputs[0]).map { $0.dimensions.count < 2 } ?? false
    }

    /// True where input and output have one shape, whatever is fed.
    ///
    /// - Parameter countIsKept: the operator keeps the number of elements, so that one open extent must be equal.
    private func keepsShape(countIsKept: Bool) -> Bool {
        guard let before = region.shape(node.inputs[0]), let after = region.shape(node.outputs[0]),
            before.dimensions.count == after.dimensions.count
        else { return false }
        var open = 0
        for (a, b) in zip(before.dimensions, after.dimensions) where a == .unknown || b == .unknown || a != b {
            if a != .unknown, b != .unknown { return false }
            open += 1
        }
        // With a 0 among the others any extent would do.
        return open == 0 || countIsKept && open == 1 && !before.dimensions.contains(.fixed(0))
    }

    /// A slice with a negative step keeps the extents and turns the order round.
    private var isReversal: Bool {
        guard node.operatorType == "Slice", region.opset >= 10, node.inputs.count > 4, !node.inputs[4].isEmpty else {
            return false
        }
        guard let steps = region.constant(node.inputs[4]), let values = try? steps.integers("") else { return true }
        return values.contains { $0 < 0 }
    }

    private var addsNothing: Bool {
        if region.opset < 11 {
            guard let amounts = node.ints("pads") else { return false }
            return amounts.allSatisfy { $0 == 0 }
        }
        guard node.inputs.count > 1, let pads = region.constant(node.inputs[1]),
            let amounts = try? pads.integers("")
        else { return false }
        return amounts.allSatisfy { $0 == 0 }
    }
}

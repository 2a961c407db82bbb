import Graphs
import Tensors

/// The Gaussian error linear unit x · ½ · (1 + erf(x / √2)) as exporters write it, its factors in any order.
struct GeluPattern {
    let output: String
    let nodes: [Int]

    /// Recognises it over a value that nothing else reads; `nil` where something else stands there.
    init?(_ value: String, _ index: GraphIndex) {
        let readers = index.readers(value)
        if readers.count == 1, let (number, node) = index.reader(value, "Gelu"), node.attribute("approximate") == nil {
            (output, nodes) = (node.outputs[0], [number])
            return
        }
        guard readers.count == 2 else { return nil }
        for (number, node) in readers where Self.isRoot(node, of: value, index) {
            guard let erf = index.reader(node.outputs[0], "Erf"), let sum = index.reader(erf.node.outputs[0], "Add"),
                Self.other(sum.node, than: erf.node.outputs[0], index) == 1,
                let rest = readers.first(where: { $0.index != number }),
                let product = Self.product(sum.node.outputs[0], value, rest, index)
            else { continue }
            output = product.output
            nodes = [number, erf.index, sum.index] + product.nodes
            return
        }
        return nil
    }

    /// Whether a node divides the value by √2.
    private static func isRoot(_ node: Node, of value: String, _ index: GraphIndex) -> Bool {
        guard node.domain.isEmpty, let number = other(node, than: value, index) else { return false }
        switch node.operatorType {
        case "Div": return node.inputs[0] == value && abs(number - Float(2).squareRoot()) < 1e-5
        case "Mul": return abs(number - Float(0.5).squareRoot()) < 1e-5
        default: return false
        }
    }

    /// The nodes that multiply the sum, the value and a half.
    private static func product(
        _ sum: String, _ value: String, _ rest: (index: Int, node: Node), _ index: GraphIndex
    ) -> (output: String, nodes: [Int])? {
        guard rest.node.domain.isEmpty, rest.node.operatorType == "Mul",
            let first = index.reader(sum, "Mul")
        else { return nil }
        if first.index == rest.index {
            // x · (…) first, then the half.
            guard let last = index.reader(first.node.outputs[0], "Mul"),
                other(last.node, than: first.node.outputs[0], index) == 0.5
            else { return nil }
            return (last.node.outputs[0], [first.index, last.index])
        }
        if other(first.node, than: sum, index) == 0.5, rest.node.inputs.contains(first.node.outputs[0]),
            index.reader(first.node.outputs[0], "Mul")?.index == rest.index
        {
            return (rest.node.outputs[0], [first.index, rest.index])
        }
        // The half of x first, then the product.
        if other(rest.node, than: value, index) == 0.5, first.node.inputs.contains(rest.node.outputs[0]),
            index.reader(rest.node.outputs[0], "Mul")?.index == first.index
        {
            return (first.node.outputs[0], [first.index, rest.index])
        }
        return nil
    }

    /// The constant scalar that a node of two operands reads besides a value.
    private static func other(_ node: Node, than value: String, _ index: GraphIndex) -> Float? {
        guard node.inputs.count == 2, let name = node.inputs.first(where: { $0 != value }),
            let tensor = index.constant(name), tensor.elementCount == 1, tensor.shape.rank <= 1
        else { return nil }
        return try? tensor.floats().first
    }
}

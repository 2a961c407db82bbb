import Graphs
import Tensors

/// Functions that undo themselves or do nothing the second time.
enum RepeatedFunctions {
    /// `f(f(x)) = x`.
    static func involution(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let inner = region.producer(of: node.inputs.first ?? "", node.operatorType),
            let value = inner.node.input(0)
        else { return false }
        return region.substitute(index, result: result, by: value)
    }

    /// `f(f(x)) = f(x)`.
    static func idempotence(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let value = node.input(0),
            region.producer(of: value, node.operatorType) != nil
        else { return false }
        return region.substitute(index, result: result, by: value)
    }

    /// `|−x| = |x|`.
    static func absoluteOfNegative(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let inner = region.producer(of: node.inputs.first ?? "", "Neg"), let value = inner.node.input(0) else {
            return false
        }
        region.replace(index, by: node.with(inputs: [value]))
        return true
    }

    /// `x ∧ x = x ∨ x = x`.
    static func sameOperands(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, node.inputs.count == 2, node.inputs[0] == node.inputs[1],
            region.elementType(node.inputs[0]) == .bool
        else { return false }
        return region.substitute(index, result: result, by: node.inputs[0])
    }
}

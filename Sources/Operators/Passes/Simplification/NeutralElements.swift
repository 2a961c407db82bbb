import Graphs
import Tensors

/// Operations whose constant operand leaves the other operand as it is.
enum NeutralElements {
    /// `x·1`, `x/1`, `x−0`, `x+(−0)` (of integers `x+0`) and `x¹`.
    ///
    /// In IEEE 754 −0 + 0 is 0, so adding 0 is not neutral for floats, and adding −0 is.
    static func apply(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let found = region.variableAndConstant(node),
            let tensor = region.constant(found.constant), let type = region.elementType(found.variable),
            found.isConstantSecond || ["Mul", "Add"].contains(node.operatorType),
            // The exponent of a power may have a type of its own.
            node.operatorType == "Pow" || tensor.elementType == type,
            region.keepsShape(found.variable, stretchedBy: tensor),
            isNeutral(tensor, node.operatorType, type)
        else { return false }
        return region.substitute(index, result: result, by: found.variable)
    }

    private static func isNeutral(_ tensor: Tensor, _ operation: String, _ type: ElementType) -> Bool {
        guard type.isInteger || type.isFloatingPoint, tensor.elementCount <= 1 << 16,
            let values = try? tensor.doubles(),
            tensor.elementType.bitWidth < 64 || !tensor.elementType.isInteger
                || values.allSatisfy({ abs($0) < 0x1p53 })
        else { return false }
        switch operation {
        case "Mul", "Div", "Pow": return values.allSatisfy { $0 == 1 }
        case "Sub": return values.allSatisfy { $0 == 0 && $0.sign == .plus }
        case "Add": return values.allSatisfy { $0 == 0 && (type.isInteger || $0.sign == .minus) }
        default: return false
        }
    }

    /// `x ∧ true`, `x ∨ false`, `x ⊕ false`.
    static func logic(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, let found = region.variableAndConstant(node),
            let tensor = region.constant(found.constant), tensor.elementType == .bool,
            region.keepsShape(found.variable, stretchedBy: tensor), let values: [Bool] = try? tensor.values(),
            values.allSatisfy({ $0 == (node.operatorType == "And") })
        else { return false }
        return region.substitute(index, result: result, by: found.variable)
    }

    /// A choice by a constant condition that is the same everywhere.
    static func choice(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, node.inputs.count == 3, let condition = region.constant(node.inputs[0]),
            let values: [Bool] = try? condition.values(), let first = values.first,
            values.allSatisfy({ $0 == first }), region.haveSameShape(result, node.inputs[first ? 1 : 2])
        else { return false }
        return region.substitute(index, result: result, by: node.inputs[first ? 1 : 2])
    }
}

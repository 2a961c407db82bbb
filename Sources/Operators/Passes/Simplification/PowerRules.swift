import Graphs
import Tensors

/// Powers and divisions by constants.
enum PowerRules {
    /// `x²` is `x·x`, and `x⁻¹` is `1/x`: one rounding in either form.
    static func power(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let base = node.input(0), let name = node.input(1), let exponent = region.scalar(name),
            let tensor = region.constant(name), region.elementType(base)?.isFloatingPoint ?? false,
            region.keepsShape(base, stretchedBy: tensor)
        else { return false }
        var simple = node
        switch exponent {
        case 2: (simple.operatorType, simple.inputs) = ("Mul", [base, base])
        case -1: (simple.operatorType, simple.inputs) = ("Reciprocal", [base])
        default: return false
        }
        region.replace(index, by: simple)
        return true
    }

    /// Division by powers of two is multiplication by their reciprocals, bit for bit.
    static func division(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let name = node.input(1), region.constant(node.inputs[0]) == nil, let tensor = region.constant(name),
            tensor.elementType == .float32 || tensor.elementType == .float64, tensor.elementCount <= 1 << 16,
            let values = try? tensor.doubles(), !values.isEmpty,
            // Far from the ends of f32's range, so that the reciprocal is a normal number.
            values.allSatisfy({ abs($0) > 0x1p-100 && abs($0) < 0x1p100 && abs($0.significand) == 1 }),
            let inverse = try? Tensor(values.map { 1 / $0 }, shape: tensor.shape).converted(to: tensor.elementType)
        else { return false }
        var product = node
        product.operatorType = "Mul"
        product.inputs = [node.inputs[0], region.addConstant(inverse, base: name + "_reciprocal")]
        region.replace(index, by: product)
        return true
    }
}

import Graphs
import Tensors

/// Transposes of matrices that a product applies itself.
enum TransposedProducts {
    /// A Transpose of a matrix that one node alone reads.
    private static func matrix(_ name: String, _ region: Region) -> (index: Int, value: String)? {
        guard region.isReadOnce(name), let found = region.producer(of: name, "Transpose"),
            region.permutation(found.node) == [1, 0], let value = found.node.input(0)
        else { return nil }
        return (found.index, value)
    }

    /// A Gemm reads the matrix itself, turned the other way.
    static func gemm(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        var product = node
        var absorbed: [Int] = []
        for (place, attribute) in ["transA", "transB"].enumerated() where place < node.inputs.count {
            guard let found = matrix(node.inputs[place], region) else { continue }
            product.inputs[place] = found.value
            product = product.setting(attribute, .int(node.int(attribute, default: 0) == 0 ? 1 : 0))
            absorbed.append(found.index)
        }
        guard !absorbed.isEmpty else { return false }
        region.replace(index, by: product)
        for transpose in absorbed { region.remove(transpose) }
        return true
    }

    /// A MatMul of matrices becomes a Gemm, which can turn them.
    static func matrixProduct(_ index: Int, _ node: Node, _ region: inout Region) -> Bool {
        guard let result = node.onlyOutput, node.inputs.count == 2,
            node.inputs.contains(where: { matrix($0, region) != nil }),
            node.inputs.allSatisfy({ region.shape($0)?.dimensions.count == 2 }),
            let type = region.elementType(node.inputs[0]), type == .float32 || type == .float64
        else { return false }
        return gemm(
            index, Node("Gemm", inputs: node.inputs, outputs: [result], name: node.name), &region)
    }
}

import Graphs
import Tensors

extension NodeWriter {
    /// Gives heads that lie side by side an axis of their own: `[N, L, H·D]` to `[N, H, L, D]`.
    mutating func splitHeads(_ name: String, heads: Dimension, size: Dimension) -> String {
        let target = integers([0, 0, heads.value ?? -1, size.value ?? -1])
        return transpose(reshape(name, to: target), [0, 2, 1, 3])
    }

    /// Puts heads side by side: `[N, H, L, D]` to `[N, L, H·D]`.
    mutating func joinHeads(_ name: String, heads: Dimension, size: Dimension) -> String {
        let hidden = ElementArithmetic.multiply(heads, size).value
        return reshape(transpose(name, [0, 2, 1, 3]), to: integers([0, 0, hidden ?? -1]))
    }

    /// The matrix product of two tensors of 4 axes for each head; the right one may have fewer heads, each of which serves
    /// a group of neighbouring heads of the left one.
    mutating func headProduct(_ left: String, _ right: String, heads: Dimension, shared: Dimension) -> String {
        if heads.value != nil, heads == shared { return matrixProduct(left, right) }
        let groups: String
        if let all = heads.value, let shared = shared.value, shared > 0 {
            groups = integers([shared, all / shared])
        } else {
            let shared = extents(right, 1..<2)
            groups = join([shared, divide(extents(left, 1..<2), shared)])
        }
        let grouped = join([extents(left, 0..<1), groups, extents(left, 2..<4)])
        let product = matrixProduct(reshape(left, toExactly: grouped), unsqueeze(right, axes: [2]))
        return reshape(product, toExactly: join([extents(left, 0..<3), extents(right, 3..<4)]))
    }

    /// Reshapes to extents of which, where the version allows, a 0 means none.
    private mutating func reshape(_ name: String, toExactly shape: String) -> String {
        call("Reshape", [name, shape], opset >= 14 ? [Attribute("allowzero", .int(1))] : [])
    }

    /// The square root of what scales a product of queries and keys, by which both are multiplied; `1 / √size` where no
    /// scale is given.
    mutating func rootOfScale(
        _ scale: Float?, query: String, size: Dimension, _ type: ElementType
    ) throws(OperatorError) -> String {
        if let scale { return try scalar(Double(scale).squareRoot(), type) }
        if let size = size.value { return try scalar((1 / Double(size).squareRoot()).squareRoot(), type) }
        return call("Pow", [cast(extents(query, 3..<4), to: type), try scalar(-0.25, type)])
    }
}

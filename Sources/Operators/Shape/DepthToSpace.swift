import Graphs
import Tensors

/// Channels spread over blocks of positions; `DCR` takes the block's offsets as the outer part of the channel, `CRD` as
/// the inner.
struct DepthToSpace: BlockRearrangement {
    let name = "DepthToSpace"
    let signature = blockSignature(versions: [1, 11, 13, 28])

    func extents(_ data: [Dimension], block: Int) -> [Dimension]? {
        guard let channels = Self.divide(data[1], by: block * block) else { return nil }
        return [data[0], channels] + data[2...].map { ElementArithmetic.multiply($0, .fixed(block)) }
    }

    func plan(_ shape: Shape, block: Int, isColumnFirst: Bool) -> (apart: [Int], order: [Int]) {
        let channels = shape[1] / (block * block)
        return isColumnFirst
            ? ([shape[0], channels, block, block, shape[2], shape[3]], [0, 1, 4, 2, 5, 3])
            : ([shape[0], block, block, channels, shape[2], shape[3]], [0, 3, 4, 1, 5, 2])
    }

    var examples: [Example] {
        let data = Value.floats([0, 1, 2, 3, 4, 5, 6, 7], [1, 8, 1, 1])
        let block = Attribute("blocksize", .int(2))
        return [
            Example(
                "depth first", opset: 13, attributes: [block], inputs: [data],
                expected: [.floats([0, 2, 4, 6, 1, 3, 5, 7], [1, 2, 2, 2])]),
            Example(
                "column first", opset: 11, attributes: [block, Attribute("mode", .string("CRD"))], inputs: [data],
                expected: [.floats([0, 1, 2, 3, 4, 5, 6, 7], [1, 2, 2, 2])]),
            Example("oldest form", opset: 7, attributes: [block], inputs: [.noise([2, 4, 2, 3])]),
        ]
    }
}

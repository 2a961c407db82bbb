import Graphs
import Tensors

/// Blocks of positions gathered into channels: the reverse of `DepthToSpace`.
struct SpaceToDepth: BlockRearrangement {
    let name = "SpaceToDepth"
    let signature = blockSignature(versions: [1, 13, 28])

    func extents(_ data: [Dimension], block: Int) -> [Dimension]? {
        guard let height = Self.divide(data[2], by: block), let width = Self.divide(data[3], by: block) else {
            return nil
        }
        return [data[0], ElementArithmetic.multiply(data[1], .fixed(block * block)), height, width]
    }

    func plan(_ shape: Shape, block: Int, isColumnFirst: Bool) -> (apart: [Int], order: [Int]) {
        let apart = [shape[0], shape[1], shape[2] / block, block, shape[3] / block, block]
        return (apart, isColumnFirst ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4])
    }

    var examples: [Example] {
        let block = Attribute("blocksize", .int(2))
        return [
            Example(
                "two channels", opset: 13, attributes: [block],
                inputs: [.floats([0, 2, 4, 6, 1, 3, 5, 7], [1, 2, 2, 2])],
                expected: [.floats([0, 1, 2, 3, 4, 5, 6, 7], [1, 8, 1, 1])]),
            Example("oldest form", opset: 7, attributes: [block], inputs: [.noise([2, 1, 4, 2])]),
        ]
    }
}

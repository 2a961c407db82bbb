import Graphs
import Tensors

/// A product of matrices and a sum as one operator.
struct GemmFusion: RegionPass {
    let name = "gemm-fusion"
    let summary = "MatMul of matrices followed by Add as Gemm"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "Add"), node.inputs.count == 2, let result = node.onlyOutput else {
                continue
            }
            for place in 0...1 {
                let (product, summand) = (node.inputs[place], node.inputs[1 - place])
                guard product != summand, region.isReadOnce(product),
                    let found = region.producer(of: product, "MatMul"), found.node.inputs.count == 2,
                    Self.fits(found.node.inputs, summand, region)
                else { continue }
                let name = found.node.name.isEmpty ? node.name : found.node.name
                region.replace(
                    index, by: Node("Gemm", inputs: found.node.inputs + [summand], outputs: [result], name: name))
                region.remove(found.index)
                region.noteRewrite()
                break
            }
        }
    }

    /// Whether the summand stretches to the product and does not stretch it.
    private static func fits(_ factors: [String], _ summand: String, _ region: Region) -> Bool {
        guard let left = region.shape(factors[0])?.dimensions, let right = region.shape(factors[1])?.dimensions,
            let own = region.shape(summand)?.dimensions, left.count == 2, right.count == 2, (1...2).contains(own.count),
            let type = region.elementType(factors[0]), type == .float32 || type == .float64
        else { return false }
        let product = [left[0], right[1]]
        return zip(own.reversed(), product.reversed()).allSatisfy { extent, full in
            extent == .fixed(1) || extent == full && full != .unknown
        }
    }
}

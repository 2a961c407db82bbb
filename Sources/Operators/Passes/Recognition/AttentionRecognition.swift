import Graphs
import Tensors

/// Scaled dot-product attention, written out.
struct AttentionRecognition: RegionPass {
    let name = "attention"
    let summary = "recognise softmax(Q·Kᵀ·scale + mask)·V on four axes (Attention, operator set 23)"
    let neededOpset: Int? = 23

    func rewrite(_ region: inout Region) {
        guard region.shared.context.catalogue.find(domain: "", name: "Attention") != nil else { return }
        for index in region.indices {
            guard let node = region.call(index, "MatMul"), let result = node.onlyOutput, node.inputs.count == 2,
                let pattern = AttentionPattern(node, region), region.allows(23)
            else { continue }
            var keys = pattern.keys
            if let permutation = pattern.keyPermutation {
                keys = region.add(
                    "Transpose", [keys], [Attribute("perm", .ints(permutation))], base: result + "_keys")
            }
            let attention = Node(
                "Attention", inputs: [pattern.queries, keys, node.inputs[1]] + (pattern.mask.map { [$0] } ?? []),
                outputs: [result], attributes: [Attribute("scale", .float(Float(pattern.scale)))], name: node.name)
            region.replace(index, by: attention)
            region.noteRewrite()
        }
    }
}

/// The parts of an attention.
private struct AttentionPattern {
    let queries: String
    /// Keys, or what the permutation makes keys of.
    let keys: String
    let keyPermutation: [Int]?
    let mask: String?
    let scale: Double

    init?(_ node: Node, _ region: Region) {
        guard region.isReadOnce(node.inputs[0]), let softmax = region.producer(of: node.inputs[0], "Softmax"),
            [-1, 3].contains(softmax.node.int("axis", default: -1)), region.opset >= 13,
            var scores = softmax.node.input(0), region.isReadOnce(scores)
        else { return nil }
        var mask: String?
        if let sum = region.producer(of: scores, "Add") {
            guard let parts = Self.mask(sum.node, region) else { return nil }
            (scores, mask) = parts
        }
        let terms = region.terms(of: scores)
        guard terms.values.count == 1, let product = region.producer(of: terms.values[0], "MatMul"),
            region.isReadOnce(terms.values[0]), product.node.inputs.count == 2
        else { return nil }
        let queries = ProductTerms(product.node.inputs[0], region)
        let transposed = ProductTerms(product.node.inputs[1], region)
        let scale = terms.factor * queries.factor * transposed.factor
        guard queries.values.count == 1, transposed.values.count == 1, scale > 0, scale.isFinite,
            let keys = region.producer(of: transposed.values[0], "Transpose"), let source = keys.node.input(0),
            let permutation = region.permutation(keys.node),
            Self.fits(queries.values[0], transposed.values[0], node.inputs[1], region)
        else { return nil }
        (self.queries, self.keys, self.mask, self.scale) = (queries.values[0], source, mask, scale)
        switch permutation {
        case [0, 1, 3, 2]: keyPermutation = nil
        case [0, 2, 3, 1]: keyPermutation = [0, 2, 1, 3]
        default: return nil
        }
    }

    /// Scores and what is added to them, where that does not stretch them.
    private static func mask(_ node: Node, _ region: Region) -> (scores: String, mask: String)? {
        guard node.inputs.count == 2, node.inputs[0] != node.inputs[1] else { return nil }
        for place in 0...1 {
            let (scores, mask) = (node.inputs[place], node.inputs[1 - place])
            guard region.isReadOnce(scores), region.producer(of: scores, "MatMul", "Mul", "Div") != nil,
                let full = region.shape(scores)?.dimensions, let own = region.shape(mask)?.dimensions, full.count == 4,
                (2...4).contains(own.count), region.elementType(mask) == .float32, own.last == full.last,
                full.last != .unknown,
                zip(own.reversed(), full.reversed()).allSatisfy({ $0 == .fixed(1) || $0 == $1 && $1 != .unknown })
            else { continue }
            return (scores, mask)
        }
        return nil
    }

    /// Whether all have four axes and agree in batch and heads.
    private static func fits(_ queries: String, _ keys: String, _ values: String, _ region: Region) -> Bool {
        let shapes = [queries, keys, values].compactMap { region.shape($0)?.dimensions }
        guard shapes.count == 3, shapes.allSatisfy({ $0.count == 4 && $0[0] != .unknown && $0[1] != .unknown }),
            [queries, keys, values].allSatisfy({ region.elementType($0) == .float32 })
        else { return false }
        return shapes.allSatisfy { $0[0] == shapes[0][0] && $0[1] == shapes[0][1] }
    }
}

import Graphs
import Operators
import Tensors

/// The product of dynamic quantisation: `MatMulInteger`, its sums as reals, times the scales of both factors.
enum IntegerProductFusion {
    static func fuse(_ number: Int, _ node: Node, _ index: inout GraphIndex) {
        guard node.inputs.count >= 2, let right = index.constant(node.inputs[1]), right.shape.rank == 2,
            let cast = index.reader(node.outputs[0], "Cast"),
            cast.node.number("to") == Int(ElementType.float32.rawValue),
            var scaled = Scaled(cast.node.outputs[0], index, columns: right.shape[1])
        else { return }
        let (left, columns) = (scaled.left ?? one(&index), scaled.right ?? one(&index))
        scaled.nodes += [cast.index]
        let tail = ResultTail(scaled.output, index, columns: right.shape[1], takesGelu: true)
        let zero = { (place: Int) in place < node.inputs.count ? node.inputs[place] : "" }
        var fused = Node(
            "QuantizedMatMul",
            inputs: [node.inputs[0], left, zero(2), node.inputs[1], columns, zero(3)] + tail.inputs,
            outputs: [tail.output], attributes: [QuantizedTail.attribute(tail.activation)], name: node.name,
            domain: nativeDomain)
        while fused.inputs.last == "" { fused.inputs.removeLast() }
        for part in scaled.nodes + tail.nodes { index.replace(part, by: []) }
        index.replace(number, by: [fused])
    }

    private static func one(_ index: inout GraphIndex) -> String {
        index.add("one", Tensor(scalar: Float(1)))
    }

    /// The reals after all their scales.
    private struct Scaled {
        var output: String
        /// The scale of the left factor: one number, constant or of a dynamic quantisation.
        private(set) var left: String?
        /// The scale of the right factor: one number, or one for each column.
        private(set) var right: String?
        var nodes: [Int] = []

        init?(_ reals: String, _ index: GraphIndex, columns: Int) {
            output = reals
            while nodes.count < 2, let (number, node) = index.reader(output, "Mul"), node.inputs.count == 2,
                let factor = node.inputs.first(where: { $0 != output })
            {
                let scales: [String]
                if let product = index.producer(factor, "Mul")?.node, product.inputs.count == 2 {
                    scales = product.inputs
                } else {
                    scales = [factor]
                }
                guard scales.count < 3, take(scales, index, columns) else { break }
                nodes.append(number)
                output = node.outputs[0]
            }
            if nodes.isEmpty { return nil }
        }

        /// Gives each scale its factor; false where one has none.
        private mutating func take(_ scales: [String], _ index: GraphIndex, _ columns: Int) -> Bool {
            var (left, right) = (self.left, self.right)
            // One for each column can be of the right factor only.
            let size = { (name: String) in index.constant(name)?.elementCount ?? 0 }
            for scale in scales.sorted(by: { size($0) > size($1) }) {
                let constant = index.constant(scale)
                let isNumber = constant.map { $0.elementCount == 1 && $0.shape.rank <= 1 } ?? false
                let isColumn = constant.map { $0.shape.dimensions == [columns] } ?? false
                if constant == nil, Self.isDynamic(scale, index), left == nil {
                    left = scale
                } else if isNumber || isColumn, right == nil {
                    right = scale
                } else if isNumber, left == nil {
                    left = scale
                } else {
                    return false
                }
            }
            (self.left, self.right) = (left, right)
            return true
        }

        /// Whether a value is the scale of a dynamic quantisation, which is one number.
        private static func isDynamic(_ name: String, _ index: GraphIndex) -> Bool {
            guard let node = index.producer(name, "DynamicQuantizeLinear")?.node else { return false }
            return node.outputs.count > 1 && node.outputs[1] == name
        }
    }
}

import Graphs
import Tensors

/// A real value that a model computes from bytes: elements less a zero point, times a scale.
struct QuantizedValue {
    /// The names of bytes, scale and zero point; the scale is a constant.
    var elements: String
    var scale: String
    var zeroPoint: String?
    /// The axis along which scales differ; `nil` where there is one for all.
    var axis: Int?
    /// The bytes, where the model fixes them.
    var constant: Tensor?

    private static let bytes: Set<ElementType> = [.uint8, .int8]

    /// Recognises `DequantizeLinear`, and for constant bytes also the product of a cast and a scale in either order;
    /// `nil` for anything else.
    init?(_ name: String, _ index: inout GraphIndex) {
        if let node = index.producer(name, "DequantizeLinear")?.node {
            self.init(dequantizing: node, index)
        } else if let node = index.producer(name, "Mul")?.node {
            self.init(scaling: node, &index)
        } else {
            return nil
        }
    }

    private init?(dequantizing node: Node, _ index: GraphIndex) {
        let zeroPoint = node.inputs.count > 2 && !node.inputs[2].isEmpty ? node.inputs[2] : nil
        guard node.inputs.count >= 2, node.number("block_size") ?? 0 == 0, node.number("output_dtype") ?? 0 == 0,
            let scale = index.constant(node.inputs[1]), scale.elementType == .float32,
            let type = Self.type(of: node.inputs[0], zeroPoint: zeroPoint, index), Self.bytes.contains(type)
        else { return nil }
        elements = node.inputs[0]
        self.scale = node.inputs[1]
        self.zeroPoint = zeroPoint
        constant = index.constant(node.inputs[0])
        if scale.elementCount > 1 {
            guard let rank = constant?.shape.rank, scale.shape.rank == 1 else { return nil }
            let axis = node.number("axis") ?? 1
            guard (-rank..<rank).contains(axis) else { return nil }
            self.axis = axis < 0 ? axis + rank : axis
            guard constant?.shape[self.axis ?? 0] == scale.elementCount else { return nil }
        }
    }

    private init?(scaling node: Node, _ index: inout GraphIndex) {
        guard node.inputs.count == 2 else { return nil }
        for (product, factor) in [(node.inputs[0], node.inputs[1]), (node.inputs[1], node.inputs[0])] {
            guard let cast = index.producer(product, "Cast")?.node, let tensor = index.constant(cast.inputs[0]),
                cast.number("to") == Int(ElementType.float32.rawValue), Self.bytes.contains(tensor.elementType),
                let scale = index.constant(factor), scale.elementType == .float32,
                scale.shape.rank <= tensor.shape.rank
            else { continue }
            (elements, self.scale, constant) = (cast.inputs[0], factor, tensor)
            guard scale.elementCount > 1 else { return }
            let missing = tensor.shape.rank - scale.shape.rank
            let wide = scale.shape.dimensions.indices.filter { scale.shape[$0] != 1 }
            guard wide.count == 1, tensor.shape[wide[0] + missing] == scale.elementCount,
                let flat = try? scale.reshaped(to: [scale.elementCount])
            else { return nil }
            axis = wide[0] + missing
            self.scale = scale.shape.rank == 1 ? factor : index.add(factor + "_flat", flat)
            return
        }
        return nil
    }

    /// The type of bytes, as far as the nodes around them tell.
    private static func type(of name: String, zeroPoint: String?, _ index: GraphIndex) -> ElementType? {
        if let constant = index.constant(name) { return constant.elementType }
        if let zeroPoint { return index.constant(zeroPoint)?.elementType }
        guard let origin = index.origin(name), origin.domain.isEmpty, origin.operatorType == "QuantizeLinear",
            origin.number("output_dtype") ?? 0 == 0, origin.inputs.count < 3 || origin.inputs[2].isEmpty
        else { return nil }
        return .uint8
    }
}

extension Node {
    /// The integer of an attribute; `nil` where there is none.
    func number(_ name: String) -> Int? {
        if case .int(let value)? = attribute(name) { value } else { nil }
    }

    /// The real number of an attribute; `nil` where there is none.
    func real(_ name: String) -> Float? {
        if case .float(let value)? = attribute(name) { value } else { nil }
    }
}

import Graphs
import Tensors

/// The matrix product of quantised matrices, quantised again.
struct QLinearMatMul: Operator {
    let name = "QLinearMatMul"
    let family = OperatorFamily.quantization
    let agreement = Agreement.exact
    private static let types = Quantized.bytes.union(TypeSets.float8)
    private static let scales: Set<ElementType> = [.float32, .float16, .bfloat16]
    let signature = Signature(
        inputs: [
            .init("a", Self.types), .init("a_scale", Self.scales), .init("a_zero_point", Self.types),
            .init("b", Self.types), .init("b_scale", Self.scales), .init("b_zero_point", Self.types),
            .init("y_scale", Self.scales), .init("y_zero_point", Self.types),
        ], outputs: [.init("y", Self.types)], versions: [10, 21])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(7) else { return [nil] }
        return [try IntegerProduct.matrixType(site, 0, 3, type)]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let inner = Double(site.fixedShape(0)?.last ?? 0)
        return .traffic(site, outputs: outputs, operations: 2 * inner * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (a, b, zeroPoint) = (try call.tensor(0), try call.tensor(3), try call.tensor(7))
        guard Quantized.bytes.contains(a.elementType), Quantized.bytes.contains(b.elementType) else {
            throw OperatorError(
                .unsupported, subject: call.path, reason: "products of 8-bit floats are not computed",
                remedy: "dequantise, multiply and quantise instead")
        }
        let product = try IntegerProduct.matrixProduct(call, a, try call.tensor(2), b, try call.tensor(5))
        let shape = product.shape
        let path = call.path
        let rows = try IntegerProduct.spread(
            try Quantized.numbers(try call.tensor(1), path), over: shape, axis: shape.rank - 2, path)
        let columns = try IntegerProduct.spread(
            try Quantized.numbers(try call.tensor(4), path), over: shape, axis: shape.rank - 1, path)
        let scales = try IntegerProduct.spread(
            try Quantized.numbers(try call.tensor(6), path), over: shape, axis: shape.rank - 2, path)
        let offsets = try IntegerProduct.spread(
            try Quantized.numbers(zeroPoint, path), over: shape, axis: shape.rank - 2, path)
        let sums = try Quantized.numbers(product, path)
        let values = sums.indices.map { index in
            // The factor is a float, as engines compute it.
            let factor = Float(rows[index]) * Float(columns[index]) / Float(scales[index])
            return (sums[index] * Double(factor)).rounded(.toNearestOrEven) + offsets[index]
        }
        return [.tensor(try Quantized.make(values, zeroPoint.elementType, shape, path))]
    }

    func lowering(_ site: CallSite) -> Lowering? {
        Lowering(.quantizedProduct(transposeB: false, .identity), operands: [0, 1, 2, 3, 4, 5, nil, 6, 7])
    }

    var examples: [Example] {
        [
            Example(
                "bytes", opset: 21,
                inputs: [
                    .tensor([UInt8(208), 236, 0, 238, 3, 214, 255, 29], [2, 4]), .floats([0.0066]),
                    .tensor([UInt8(113)]),
                    .tensor([UInt8(152), 51, 244, 60, 26, 255, 0, 127, 246, 127, 254, 247], [4, 3]),
                    .floats([0.00705]), .tensor([UInt8(114)]), .floats([0.0107]), .tensor([UInt8(118)]),
                ], constantInputs: [1, 2, 3, 4, 5, 6, 7],
                expected: [.tensor([UInt8(168), 115, 255, 1, 66, 151], [2, 3])], isDifferentiable: false),
            Example(
                "signed, unit scales", opset: 10,
                inputs: [
                    .tensor([Int8(1), -2], [1, 2]), .floats([1], []), .tensor([Int8(0)], []),
                    .tensor([Int8(3), 100], [2, 1]), .floats([1], []), .tensor([Int8(0)], []), .floats([2], []),
                    .tensor([Int8(1)], []),
                ], constantInputs: [1, 2, 3, 4, 5, 6, 7], expected: [.tensor([Int8(-97)], [1, 1])],
                isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// The matrix product of bytes less their zero points, in 32 bits.
struct MatMulInteger: Operator {
    let name = "MatMulInteger"
    let family = OperatorFamily.quantization
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("A", Quantized.bytes), .init("B", Quantized.bytes), .init("a_zero_point", Quantized.bytes, .optional),
            .init("b_zero_point", Quantized.bytes, .optional),
        ], outputs: [.init("Y", [.int32])], versions: [10])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [try IntegerProduct.matrixType(site, 0, 1, .int32)]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let inner = Double(site.fixedShape(0)?.last ?? 0)
        return .traffic(site, outputs: outputs, operations: 2 * inner * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        [
            .tensor(
                try IntegerProduct.matrixProduct(
                    call, try call.tensor(0), try call.optionalTensor(2), try call.tensor(1),
                    try call.optionalTensor(3)))
        ]
    }

    func lowering(_ site: CallSite) -> Lowering? {
        Lowering(
            .quantizedProduct(transposeB: false, .identity),
            operands: [0, nil, site.hasInput(2) ? 2 : nil, 1, nil, site.hasInput(3) ? 3 : nil])
    }

    var examples: [Example] {
        let a = Value.tensor([UInt8(11), 7, 3, 10, 6, 2], [2, 3])
        let b = Value.tensor([UInt8(1), 4, 2, 5, 3, 6], [3, 2])
        return [
            Example(
                "zero point of A", opset: 10, inputs: [a, b, .tensor([UInt8(12)], []), .tensor([UInt8(0)], [])],
                constantInputs: [1, 2, 3], expected: [.tensor([Int32(-38), -83, -44, -98], [2, 2])],
                isDifferentiable: false),
            Example(
                "no zero points, mixed signs", opset: 10, inputs: [a, .tensor([Int8(1), -1, 0, 2, -2, 0], [3, 2])],
                constantInputs: [1], expected: [.tensor([Int32(5), 3, 6, 2], [2, 2])], isDifferentiable: false),
            Example(
                "zero points of columns", opset: 10, inputs: [a, b, nil, .tensor([UInt8(1), 4])],
                constantInputs: [1, 3], expected: [.tensor([Int32(13), 13, 10, 10], [2, 2])], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// Reals quantised to bytes by the scale and zero point that just hold their range and zero.
struct DynamicQuantizeLinear: Operator {
    let name = "DynamicQuantizeLinear"
    let family = OperatorFamily.quantization
    let agreement = Agreement.rounding
    let signature = Signature(
        inputs: [.init("x", [.float32])],
        outputs: [.init("y", [.uint8]), .init("y_scale", [.float32]), .init("y_zero_point", [.uint8])],
        versions: [11])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [.tensor(.uint8, site.shape(0)), .tensor(.float32, []), .tensor(.uint8, [])]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: 4 * Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let values: [Float] = try data.elements(call.path)
        let low = values.reduce(0) { min($0, $1) }
        let high = values.reduce(0) { max($0, $1) }
        let scale = low == high ? 1 / Float(255) : (high - low) / 255
        let zeroPoint = min(max(0 - low / scale, 0), 255).rounded(.toNearestOrEven)
        let quantised = values.map { Double(($0 / scale).rounded(.toNearestOrEven) + zeroPoint) }
        return [
            .tensor(try Quantized.make(quantised, .uint8, data.shape, call.path)), .floats([scale], []),
            .tensor([UInt8(zeroPoint)], []),
        ]
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.dynamicQuantization(perRow: false), operands: [0]) }

    var examples: [Example] {
        [
            Example(
                "both signs", opset: 11, inputs: [.floats([0, 2, -3, -2.5, 1.34, 0.5])], outputCount: 3,
                expected: [
                    .tensor([UInt8(153), 255, 0, 26, 221, 179]), .floats([0.019_607_844], []),
                    .tensor([UInt8(153)], []),
                ], isDifferentiable: false),
            Example(
                "positive only", opset: 11, inputs: [.floats([1, 2, 5.1])], outputCount: 3,
                expected: [.tensor([UInt8(50), 100, 255]), .floats([0.02], []), .tensor([UInt8(0)], [])],
                isDifferentiable: false),
        ]
    }
}

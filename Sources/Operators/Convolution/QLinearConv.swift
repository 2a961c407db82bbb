import Graphs
import Tensors

/// The convolution of quantised data and weights, quantised again; weights may have a scale for each channel.
struct QLinearConv: Operator {
    let name = "QLinearConv"
    let family = OperatorFamily.convolution
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("x", Quantized.bytes), .init("x_scale", [.float32]), .init("x_zero_point", Quantized.bytes),
            .init("w", Quantized.bytes), .init("w_scale", [.float32]), .init("w_zero_point", Quantized.bytes),
            .init("y_scale", [.float32]), .init("y_zero_point", Quantized.bytes), .init("B", [.int32], .optional),
        ], outputs: [.init("y", Quantized.bytes)],
        attributes: SlidingWindow.rules + [.init("group", default: .int(1))], versions: [10])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(7) else { return [nil] }
        return [.tensor(type, try ConvolutionShapes.infer(site, attributes(site), data: 0, weights: 3))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        ConvolutionShapes.work(site, outputs: outputs, weights: 3)
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let path = call.path
        let (sums, shape) = try ConvInteger.sums(
            try call.tensor(0), try call.tensor(2), try call.tensor(3), try call.tensor(5), attributes(call))
        let data = try Quantized.floats(try call.tensor(1), path).first ?? 1
        let result = try Quantized.floats(try call.tensor(6), path).first ?? 1
        let zeroPoint = try call.tensor(7)
        let offset = try Quantized.numbers(zeroPoint, path).first ?? 0
        let weights = try IntegerProduct.spread(
            try Quantized.numbers(try call.tensor(4), path), over: shape, axis: 1, path)
        var bias = [Double](repeating: 0, count: sums.count)
        if let given = try call.optionalTensor(8) {
            bias = try IntegerProduct.spread(try Quantized.numbers(given, path), over: shape, axis: 1, path)
        }
        let values = sums.indices.map { index in
            let factor = data * Float(weights[index]) / result
            return ((sums[index] + bias[index]) * Double(factor)).rounded(.toNearestOrEven) + offset
        }
        return [.tensor(try Quantized.make(values, zeroPoint.elementType, shape, path))]
    }

    func lowering(_ site: CallSite) -> Lowering? {
        // Its bias is in sums, where the kernel adds reals.
        guard !site.hasInput(8),
            let (window, groups) = ConvolutionShapes.lowered(site, attributes(site), data: 0, weights: 3)
        else { return nil }
        return Lowering(
            .quantizedConvolution(window, groups: groups, .identity),
            operands: [0, 1, 2, 3, 4, 5, nil, 6, 7])
    }

    var examples: [Example] {
        let unit: [Value?] = [.floats([1], []), .tensor([UInt8(1)], [])]
        return [
            Example(
                "a scale for each channel, with bias", opset: 10,
                inputs: [.tensor([UInt8(2), 3, 5], [1, 1, 3])] + unit + [
                    .tensor([Int8(1), -1, 2, 0], [2, 1, 2]), .floats([1, 0.5]), .tensor([Int8(0), 0]),
                    .floats([0.5], []), .tensor([UInt8(10)], []), .tensor([Int32(1), -2]),
                ], constantInputs: [1, 2, 3, 4, 5, 6, 7, 8],
                expected: [.tensor([UInt8(10), 8, 10, 12], [1, 2, 2])], isDifferentiable: false)
        ]
    }
}

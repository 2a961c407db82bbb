import Graphs
import Tensors

/// The convolution of bytes less their zero points, in 32 bits; padding stands for zero.
struct ConvInteger: Operator {
    let name = "ConvInteger"
    let family = OperatorFamily.convolution
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("x", Quantized.bytes), .init("w", Quantized.bytes), .init("x_zero_point", Quantized.bytes, .optional),
            .init("w_zero_point", Quantized.bytes, .optional),
        ], outputs: [.init("y", [.int32])], attributes: SlidingWindow.rules + [.init("group", default: .int(1))],
        versions: [10])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [.tensor(.int32, try ConvolutionShapes.infer(site, attributes(site), data: 0, weights: 1))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        ConvolutionShapes.work(site, outputs: outputs, weights: 1)
    }

    /// The sums of products of centred elements, exact in double precision, and their shape.
    static func sums(
        _ data: Tensor, _ dataZero: Tensor?, _ weights: Tensor, _ weightZero: Tensor?, _ attributes: Attributes
    ) throws(OperatorError) -> (values: [Double], shape: Shape) {
        let problem = try ConvolutionShapes.problem(data.shape, weights.shape, attributes)
        let values = problem.convolve(
            try IntegerProduct.centred(data, zeroPoint: dataZero, axis: 1, attributes.path),
            weights: try IntegerProduct.centred(weights, zeroPoint: weightZero, axis: 0, attributes.path), bias: nil)
        return (values, Shape([problem.batch, problem.resultChannels] + problem.resultExtents))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (values, shape) = try Self.sums(
            try call.tensor(0), try call.optionalTensor(2), try call.tensor(1), try call.optionalTensor(3),
            attributes(call))
        return [try .make(values.map { Int32(truncatingIfNeeded: Int64($0)) }, shape, call.path)]
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let (window, groups) = ConvolutionShapes.lowered(site, attributes(site), data: 0, weights: 1) else {
            return nil
        }
        return Lowering(
            .quantizedConvolution(window, groups: groups, .identity),
            operands: [0, nil, site.hasInput(2) ? 2 : nil, 1, nil, site.hasInput(3) ? 3 : nil])
    }

    var examples: [Example] {
        let data = Value.tensor((2...10).map { UInt8($0) }, [1, 1, 3, 3])
        let ones = Value.tensor([UInt8](repeating: 1, count: 4), [1, 1, 2, 2])
        return [
            Example(
                "zero point", opset: 10, inputs: [data, ones, .tensor([UInt8(1)], [])], constantInputs: [1, 2],
                expected: [.tensor([Int32(12), 16, 24, 28], [1, 1, 2, 2])], isDifferentiable: false),
            Example(
                "padded", opset: 10, attributes: [Attribute("pads", .ints([1, 1, 1, 1]))],
                inputs: [data, ones, .tensor([UInt8(1)], [])], constantInputs: [1, 2],
                expected: [
                    .tensor([Int32(1), 3, 5, 3, 5, 12, 16, 9, 11, 24, 28, 15, 7, 15, 17, 9], [1, 1, 4, 4])
                ], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// The reals that quantised elements stand for: element less zero point, times scale.
struct DequantizeLinear: Operator {
    let name = "DequantizeLinear"
    let family = OperatorFamily.quantization
    let agreement = Agreement.rounding
    let signature = Signature(
        inputs: [
            .init("x", Quantized.types.union([.int32])), .init("x_scale", Quantized.scales),
            .init("x_zero_point", Quantized.types.union([.int32]), .optional),
        ],
        outputs: [.init("y", [.float32, .float16, .bfloat16])],
        attributes: [
            .init("axis", default: .int(1)), .init("block_size", default: .int(0)),
            .init("output_dtype", default: .int(0)),
        ], versions: [10, 13, 19, 21, 23, 24, 25, 28])

    private func outputType(_ attributes: Attributes, scale: ElementType) throws(OperatorError) -> ElementType {
        try attributes.int("output_dtype") == 0 ? scale : try attributes.elementType("output_dtype")
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let scale = site.elementType(1) else { return [nil] }
        return [.tensor(try outputType(attributes(site), scale: scale), site.shape(0))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: 2 * Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (data, scale) = (try call.tensor(0), try call.tensor(1))
        let attributes = attributes(call)
        let grid = try QuantizationGrid(data: data.shape, scale: scale.shape, attributes)
        var values = try Quantized.floats(data, call.path)
        if let zeroPoint = try call.optionalTensor(2) {
            let offsets = try grid.expand(try Quantized.floats(zeroPoint, call.path), call.path)
            for index in values.indices { values[index] -= offsets[index] }
        }
        let scales = try grid.expand(try Quantized.floats(scale, call.path), call.path)
        for index in values.indices { values[index] *= scales[index] }
        let type = try outputType(attributes, scale: scale.elementType)
        return [.tensor(try Quantized.convert(try Tensor.make(values, data.shape, call.path), to: type, call.path))]
    }

    /// The scale's gradient: the upstream gradient times what each element says in units of the scale, summed.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let attributes = attributes(site)
        let rank = try site.requireRank(0)
        guard let scaleRank = site.rank(1), try attributes.int("block_size") == 0 else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "scales of blocks have no gradient here",
                remedy: "use one scale, or one an element of an axis")
        }
        var builder = PullbackBuilder(site)
        builder.body = NodeWriter(opset: max(builder.body.opset, 10))
        let scale = builder.input(1)
        let ones = builder.body.divide(scale, scale)
        let rest = site.hasInput(2) ? [builder.input(2)] : []
        let units = builder.body.call(
            "DequantizeLinear", [builder.input(0), ones] + rest, site.node.attributes)
        let product = builder.body.multiply(builder.gradient(), units)
        var axes = Array(0..<rank)
        if scaleRank == 1, site.shape(1)?.dimensions[0] != .fixed(1) {
            axes.remove(at: try Axes.normalize(try attributes.int("axis"), rank: rank, site.path))
        }
        let sum = axes.isEmpty ? product : builder.body.reduce("ReduceSum", product, axes: axes, keepsDimensions: false)
        builder.result(1, builder.body.reshape(sum, to: builder.body.shape(scale)))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let axis = QuantizationGrid.loweredAxis(site, attributes(site)),
            (try? outputType(attributes(site), scale: .float32)) == .float32
        else { return nil }
        return Lowering(.dequantization(axis: axis), operands: [0, 1, site.hasInput(2) ? 2 : nil])
    }

    var examples: [Example] {
        [
            Example(
                "one scale", opset: 10,
                inputs: [.tensor([UInt8(0), 3, 128, 255]), .floats([2], []), .tensor([UInt8(128)], [])],
                constantInputs: [2], expected: [.floats([-256, -250, 0, 254])]),
            Example(
                "a scale each column", opset: 13,
                inputs: [.tensor([Int8(1), 2, -3, 4], [2, 2]), .floats([1, 0.5]), .tensor([Int8(0), 1])],
                constantInputs: [2], expected: [.floats([1, 0.5, -3, 1.5], [2, 2])]),
            Example(
                "blocks", opset: 21, attributes: [Attribute("block_size", .int(2))],
                inputs: [.tensor([Int8(1), 2, 3, 4], [1, 4]), .floats([1, 2], [1, 2])], constantInputs: [1],
                expected: [.floats([1, 2, 6, 8], [1, 4])], isDifferentiable: false),
            Example(
                "sums of products", opset: 19, inputs: [.tensor([Int32(-7), 100]), .floats([0.25], [])],
                expected: [.floats([-1.75, 25])]),
        ]
    }
}

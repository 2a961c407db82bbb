import Graphs
import Tensors

/// Reals over a scale, rounded to a quantised type: for integers to the nearest, ties to even, plus a zero point, clamped.
struct QuantizeLinear: Operator {
    let name = "QuantizeLinear"
    let family = OperatorFamily.quantization
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [
            .init("x", [.float32, .float16, .bfloat16, .int32]), .init("y_scale", Quantized.scales.union([.int32])),
            .init("y_zero_point", Quantized.types, .optional),
        ],
        outputs: [.init("y", Quantized.types)],
        attributes: [
            .init("axis", default: .int(1)), .init("block_size", default: .int(0)),
            .init("output_dtype", default: .int(0)), .init("precision", default: .int(0)),
            .init("saturate", default: .int(1)),
        ], versions: [10, 13, 19, 21, 23, 24, 25, 28])

    private func outputType(_ attributes: Attributes, zeroPoint: ElementType?) throws(OperatorError) -> ElementType {
        if let zeroPoint { return zeroPoint }
        return try attributes.int("output_dtype") == 0 ? .uint8 : try attributes.elementType("output_dtype")
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        if site.hasInput(2), site.elementType(2) == nil { return [nil] }
        return [.tensor(try outputType(attributes(site), zeroPoint: site.elementType(2)), site.shape(0))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: 2 * Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (data, scale) = (try call.tensor(0), try call.tensor(1))
        let zeroPoint = try call.optionalTensor(2)
        let attributes = attributes(call)
        let type = try outputType(attributes, zeroPoint: zeroPoint?.elementType)
        let grid = try QuantizationGrid(data: data.shape, scale: scale.shape, attributes)
        let scales = try grid.expand(try Quantized.floats(scale, call.path), call.path)
        var quotients = zip(try Quantized.floats(data, call.path), scales).map { $0 / $1 }
        if try attributes.int("precision") != 0 {
            let precision = try attributes.elementType("precision")
            let exact = try Tensor.make(quotients, data.shape, call.path)
            quotients = try Quantized.floats(try Quantized.convert(exact, to: precision, call.path), call.path)
        }
        var offsets = [Double](repeating: 0, count: quotients.count)
        if let zeroPoint { offsets = try grid.expand(try Quantized.numbers(zeroPoint, call.path), call.path) }
        if Quantized.range(type) != nil {
            let rounded = zip(quotients, offsets).map { Double($0).rounded(.toNearestOrEven) + $1 }
            return [.tensor(try Quantized.make(rounded, type, data.shape, call.path))]
        }
        let shifted = zip(quotients, offsets).map { $0 + Float($1) }
        let tensor = try Tensor.make(shifted, data.shape, call.path)
        let saturates = try attributes.flag("saturate")
        return [.tensor(try Quantized.convert(tensor, to: type, saturating: saturates, call.path))]
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let axis = QuantizationGrid.loweredAxis(site, attributes(site)),
            (try? attributes(site).int("precision")) == 0,
            let type = try? outputType(attributes(site), zeroPoint: site.elementType(2)),
            Quantized.bytes.contains(type)
        else { return nil }
        return Lowering(
            .quantization(axis: axis, isSigned: type == .int8), operands: [0, 1, site.hasInput(2) ? 2 : nil])
    }

    var examples: [Example] {
        let data = Value.floats([0, 2, 3, 1000, -254, -1000])
        return [
            Example(
                "one scale", opset: 10, inputs: [data, .floats([2], []), .tensor([UInt8(128)], [])],
                constantInputs: [1, 2], expected: [.tensor([UInt8(128), 129, 130, 255, 1, 0])], isDifferentiable: false),
            Example(
                "no zero point, ties to even", opset: 13, inputs: [.floats([0.5, 1.5, 2.5, -1]), .floats([1], [])],
                constantInputs: [1], expected: [.tensor([UInt8(0), 2, 2, 0])], isDifferentiable: false),
            Example(
                "a scale each row, signed", opset: 13, attributes: [Attribute("axis", .int(0))],
                inputs: [.floats([1, 2, 3, 4], [2, 2]), .floats([1, 0.5]), .tensor([Int8(0), -1])],
                constantInputs: [1, 2], expected: [.tensor([Int8(1), 2, 5, 7], [2, 2])], isDifferentiable: false),
            Example(
                "blocks", opset: 21,
                attributes: [Attribute("block_size", .int(2)), Attribute("output_dtype", .int(3))],
                inputs: [.floats([1, 2, 3, 4], [1, 4]), .floats([1, 2], [1, 2])], constantInputs: [1],
                expected: [.tensor([Int8(1), 2, 2, 2], [1, 4])], isDifferentiable: false),
        ]
    }
}

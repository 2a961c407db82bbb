import Graphs
import Tensors

/// The transpose of a convolution: each element of the data adds its window of weights to the result.
struct ConvTranspose: Operator {
    let name = "ConvTranspose"
    let family = OperatorFamily.convolution
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [
            .init("X", TypeSets.floats), .init("W", TypeSets.floats), .init("B", TypeSets.floats, .optional),
        ], outputs: [.init("Y", TypeSets.floats)],
        attributes: SlidingWindow.rules + [
            .init("group", default: .int(1)), .init("output_padding"), .init("output_shape"),
        ], versions: [1, 11, 22])

    /// The extents and the padding of the result; `nil` for an axis whose input extent is not known.
    private struct Geometry {
        let window: SlidingWindow
        let extraAtEnd: Bool
        let outputPadding: [Int]
        let outputShape: [Int]?

        init(_ attributes: Attributes, kernel: [Int]) throws(OperatorError) {
            window = try SlidingWindow(attributes, kernel: kernel)
            let rank = kernel.count
            let automatic = try attributes.string("auto_pad")
            extraAtEnd = automatic == "SAME_UPPER"
            outputPadding = try attributes.optionalInts("output_padding") ?? [Int](repeating: 0, count: rank)
            outputShape = try attributes.optionalInts("output_shape").map { Array($0.suffix(rank)) }
            guard outputPadding.count == rank, (outputShape ?? outputPadding).count == rank,
                outputPadding.allSatisfy({ $0 >= 0 && $0 < 1 << 31 }),
                (outputShape ?? []).allSatisfy({ $0 >= 0 && $0 < 1 << 40 })
            else {
                throw OperatorError(
                    .attribute, subject: attributes.path, reason: "output_padding or output_shape does not fit")
            }
        }

        /// The extent of the result along an axis and its padding.
        func axis(_ axis: Int, extent: Int) -> (output: Int, begin: Int, end: Int) {
            let full = window.strides[axis] * (extent - 1) + outputPadding[axis] + window.span(axis)
            let wanted: Int
            if let outputShape {
                wanted = outputShape[axis]
            } else if case .explicit(let pads) = window.padding {
                let (begin, end) = (pads[axis], pads[window.rank + axis])
                return (full - begin - end, begin, end)
            } else {
                wanted = extent * window.strides[axis]
            }
            let total = max(0, full - wanted)
            let less = total / 2
            return extraAtEnd ? (wanted, less, total - less) : (wanted, total - less, less)
        }

        func outputs(_ extents: [Dimension]) -> [Dimension] {
            extents.enumerated().map { index, extent in
                if let outputShape { return .fixed(outputShape[index]) }
                guard let value = extent.value else { return .unknown }
                return .fixed(axis(index, extent: value).output)
            }
        }

        func resolved(_ extents: [Int]) -> Kernel.Window {
            let axes = extents.enumerated().map { axis($0.offset, extent: $0.element) }
            return Kernel.Window(
                size: window.size, strides: window.strides, dilations: window.dilations,
                padding: axes.map(\.begin) + axes.map(\.end))
        }
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        guard let data = site.shape(0)?.dimensions else { return [.tensor(type, nil)] }
        guard let weights = site.shape(1)?.dimensions, weights.count == data.count, data.count >= 3 else {
            return [.tensor(type, .unknown(rank: data.count))]
        }
        let channels = ElementArithmetic.multiply(weights[1], .fixed(try attributes(site).int("group")))
        let kernel = weights[2...].compactMap(\.value)
        guard kernel.count == data.count - 2 else {
            let unknown = [Dimension](repeating: .unknown, count: data.count - 2)
            return [.tensor(type, SymbolicShape([data[0], channels] + unknown))]
        }
        let outputs = try Geometry(attributes(site), kernel: kernel).outputs(Array(data[2...]))
        return [.tensor(type, SymbolicShape([data[0], channels] + outputs))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        guard let weights = site.fixedShape(1), weights.rank >= 3 else { return .traffic(site, outputs: outputs) }
        let products = weights.dimensions[1...].reduce(1.0) { $0 * Double($1) }
        return .traffic(
            site, outputs: outputs, operations: 2 * products * Work.elementCount(site.operand(0)?.type))
    }

    private func problem(
        _ data: Shape, _ weights: Shape, _ attributes: Attributes
    ) throws(OperatorError) -> ConvolutionProblem {
        let groups = try attributes.int("group")
        guard data.rank >= 3, weights.rank == data.rank, groups > 0, weights[0] == data[1], data[1] % groups == 0 else {
            throw OperatorError(
                .shape, subject: attributes.path,
                reason: "data of shape \(data), weights of shape \(weights) and \(groups) groups do not fit")
        }
        let extents = Array(data.dimensions[2...])
        let geometry = try Geometry(attributes, kernel: Array(weights.dimensions[2...]))
        let outputs = geometry.outputs(extents.map(Dimension.fixed)).compactMap(\.value)
        _ = try Shape([data[0], weights[1] * groups] + outputs).allocatableCount(attributes.path)
        return ConvolutionProblem(
            batch: data[0], groups: groups, dataChannels: weights[1] * groups, resultChannels: data[1],
            dataExtents: outputs, resultExtents: extents, window: geometry.resolved(extents))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let (data, weights) = (try call.tensor(0), try call.tensor(1))
            let problem = try problem(data.shape, weights.shape, attributes)
            let bias = try call.optionalTensor(2)
            try ConvolutionShapes.check(bias: bias, channels: problem.dataChannels, call.path)
            let kernel = ConvolutionKernel(
                problem: problem, data: data, weights: weights, bias: bias, isTransposed: true, path: call.path)
            return [.tensor(try data.elementType.dispatchReal(kernel, path: call.path))]
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let weights = try ConvolutionGradient.weights(site, rank: try site.requireRank(0, atLeast: 3))
        guard let data = site.shape(0)?.dimensions else { throw ConvolutionGradient.unknownExtents(site.path) }
        let extents = data[2...].compactMap(\.value)
        guard extents.count == data.count - 2 else { throw ConvolutionGradient.unknownExtents(site.path) }
        let geometry = try Geometry(attributes(site), kernel: Array(weights.dimensions[2...]))
        let rank = extents.count
        var gradient = ConvolutionGradient(
            builder: PullbackBuilder(site), window: geometry.resolved(extents),
            groups: try attributes(site).int("group"))
        let upstream = gradient.builder.gradient()
        let whole = gradient.result(upstream, weights: gradient.builder.input(1))
        // An output padding of a stride or more gives the convolution more windows than there were elements.
        gradient.builder.result(
            0,
            gradient.builder.body.slice(
                whole, starts: [Int](repeating: 0, count: rank), ends: extents, axes: Array(2..<rank + 2)))
        gradient.builder.result(
            1,
            try gradient.weights(
                data: upstream, result: gradient.builder.input(0), shape: weights,
                dataExtents: geometry.outputs(extents.map(Dimension.fixed)), resultExtents: Array(data[2...])))
        if site.hasInput(2) { gradient.builder.result(2, gradient.bias(upstream, rank: data.count)) }
        return gradient.builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard site.elementType(0) == .float32, let data = site.fixedShape(0), let weights = site.fixedShape(1),
            let problem = try? problem(data, weights, attributes(site))
        else { return nil }
        let window = problem.window
        let rank = window.size.count
        let padding = (0..<rank).map { axis in
            problem.dataExtents[axis] - (problem.resultExtents[axis] - 1) * window.strides[axis] - window.span(axis)
                + window.padding[axis] + window.padding[rank + axis]
        }
        guard padding.allSatisfy({ $0 >= 0 }) else { return nil }
        return Lowering(
            .transposedConvolution(window, groups: problem.groups, outputPadding: padding),
            operands: [0, 1, site.hasInput(2) ? 2 : nil])
    }

    var examples: [Example] {
        let data = Value.noise([1, 2, 3, 3])
        let weights = Value.noise([2, 2, 3, 3], seed: 2)
        let ints = { (name: String, values: [Int]) in Attribute(name, .ints(values)) }
        return [
            Example(
                "ones spread", opset: 11,
                inputs: [.floats([1, 2], [1, 1, 2]), .floats([1, 1, 1], [1, 1, 3])], constantInputs: [1],
                expected: [.floats([1, 3, 3, 2], [1, 1, 4])]),
            Example(
                "plain, with bias", opset: 11, inputs: [data, weights, .floats([1, -1])], constantInputs: [1, 2]),
            Example(
                "strided, output padding", opset: 22,
                attributes: [ints("strides", [3, 2]), ints("output_padding", [1, 1])], inputs: [data, weights],
                constantInputs: [1]),
            Example(
                "padded", opset: 11, attributes: [ints("strides", [2, 2]), ints("pads", [1, 0, 1, 2])],
                inputs: [data, weights], constantInputs: [1]),
            Example(
                "output shape", opset: 7, attributes: [ints("strides", [3, 2]), ints("output_shape", [10, 8])],
                inputs: [data, weights], constantInputs: [1]),
            Example(
                "SAME_UPPER", opset: 11,
                attributes: [Attribute("auto_pad", .string("SAME_UPPER")), ints("strides", [2, 2])],
                inputs: [data, weights], constantInputs: [1]),
            Example(
                "dilated", opset: 11, attributes: [ints("dilations", [2, 2])],
                inputs: [data, .noise([2, 1, 2, 2], seed: 3)], constantInputs: [1]),
            Example(
                "groups", opset: 11, attributes: [Attribute("group", .int(2)), ints("strides", [2, 1])],
                inputs: [.noise([2, 4, 2, 3]), .noise([4, 2, 2, 3], seed: 4), .noise([4], seed: 5)],
                constantInputs: [1, 2]),
            Example(
                "three axes", opset: 11, inputs: [.noise([1, 1, 2, 2, 3]), .noise([1, 2, 2, 2, 2], seed: 6)],
                constantInputs: [1]),
        ]
    }
}

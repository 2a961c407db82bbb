import Graphs
import Tensors

/// Blocks of columns put back where they lie in an image; what overlaps is summed.
struct Col2Im: Operator {
    let name = "Col2Im"
    let family = OperatorFamily.convolution
    let agreement = Agreement.accumulation
    private static let types = TypeSets.classic.union([.bfloat16])
    let signature = Signature(
        inputs: [
            .init("input", Self.types), .init("image_shape", TypeSets.int64), .init("block_shape", TypeSets.int64),
        ], outputs: [.init("output", Self.types)], attributes: [.init("dilations"), .init("pads"), .init("strides")],
        versions: [18])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        let image = site.elements(1)
        guard let rank = image?.count ?? site.shape(1)?.dimensions.first?.value else { return [.tensor(type, nil)] }
        let extents = image ?? [Dimension](repeating: .unknown, count: rank)
        let data = site.shape(0)?.dimensions
        var channels = Dimension.unknown
        if let block = site.integers(2), let planes = data?.dropFirst().first?.value {
            channels = .fixed(try channelCount(planes: planes, block: block, site.path))
        }
        return [.tensor(type, SymbolicShape([data?.first ?? .unknown, channels] + extents))]
    }

    private func channelCount(planes: Int, block: [Int], _ path: String) throws(OperatorError) -> Int {
        guard let size = Shape(block).checkedElementCount, size > 0, planes % size == 0 else {
            throw OperatorError(
                .shape, subject: path, reason: "\(planes) rows of columns are no whole number of blocks \(block)")
        }
        return planes / size
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: Work.elementCount(site.operand(0)?.type))
    }

    /// Where the elements of a channel's columns lie in its image.
    private func layout(
        _ attributes: Attributes, image: [Int], block: [Int]
    ) throws(OperatorError) -> ColumnLayout {
        guard image.count == block.count else {
            throw OperatorError(
                .shape, subject: attributes.path, reason: "an image \(image) and a block \(block) differ in rank")
        }
        let window = try SlidingWindow(
            size: block, strides: try attributes.optionalInts("strides"),
            dilations: try attributes.optionalInts("dilations"), pads: try attributes.optionalInts("pads"),
            automaticPadding: "NOTSET", path: attributes.path)
        return try ColumnLayout(window, image: image, attributes.path)
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let image = try call.tensor(1).integers(call.path)
        let block = try call.tensor(2).integers(call.path)
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let layout = try layout(attributes, image: image, block: block)
            guard data.shape.rank == 3, data.shape[2] == layout.blocks else {
                throw OperatorError(
                    .shape, subject: call.path,
                    reason: "columns of shape \(data.shape) do not make up an image \(image) of \(layout.blocks) blocks"
                )
            }
            let channels = try channelCount(planes: data.shape[1], block: block, call.path)
            let kernel = FoldKernel(
                data: data, layout: layout, target: Shape([data.shape[0], channels] + image), path: call.path)
            return [try data.elementType.dispatch(kernel, path: call.path)]
        }
    }

    private struct FoldKernel: NumberKernel {
        let data: Tensor
        let layout: ColumnLayout
        let target: Shape
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try data.elements(path)
            var result = [T](repeating: .zero, count: try target.allocatableCount(path))
            let plane = layout.imageSize
            for channel in 0..<target[0] * target[1] {
                let base = channel * layout.positions.count
                for (index, position) in layout.positions.enumerated() where position < plane {
                    let place = channel * plane + position
                    result[place] = result[place].plus(values[base + index])
                }
            }
            return try .make(result, target, path)
        }
    }

    /// The gradient of the image read where each element of the columns lies; elements in the padding have none.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let layout = try layout(
            attributes(site), image: try site.requireIntegers(1), block: try site.requireIntegers(2))
        var builder = PullbackBuilder(site)
        let planes = builder.body.reshape(builder.gradient(), to: builder.body.integers([0, 0, -1]))
        // One zero more, which every element outside reads.
        let padded = builder.body.call("Pad", [planes, builder.body.integers([0, 0, 0, 0, 0, 1])])
        let places = builder.body.integers(layout.positions)
        let columns = builder.body.call("Gather", [padded, places], [Attribute("axis", .int(2))])
        builder.result(0, builder.body.reshape(columns, to: builder.body.shape(builder.input(0))))
        return builder.pullback()
    }

    var examples: [Example] {
        let columns = Value.floats([1, 2, 3, 4, 5, 6, 7, 8], [1, 4, 2])
        return [
            Example(
                "overlapping blocks", opset: 18, inputs: [columns, .ints([2, 3]), .ints([2, 2])],
                constantInputs: [1, 2], expected: [.floats([1, 5, 4, 5, 13, 8], [1, 1, 2, 3])]),
            Example(
                "every attribute", opset: 18,
                attributes: [
                    .init("dilations", .ints([1, 2])), .init("pads", .ints([0, 1, 0, 1])),
                    .init("strides", .ints([2, 1])),
                ], inputs: [.noise([2, 8, 6]), .ints([4, 3]), .ints([2, 2])], constantInputs: [1, 2]),
            Example(
                "one axis more", opset: 18, inputs: [.noise([1, 4, 4]), .ints([2, 2, 2]), .ints([2, 1, 1])],
                constantInputs: [1, 2]),
        ]
    }
}

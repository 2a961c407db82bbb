import Graphs
import Tensors

/// Elements added before and after each axis: a constant, the mirrored inside, the edge, or the other end; negative
/// numbers remove elements.
struct Pad: ShapingOperator {
    let name = "Pad"
    let signature = movement(
        [
            .init("pads", TypeSets.int64, .optional), .init("constant_value", TypeSets.all, .optional),
            .init("axes", TypeSets.indices, .optional),
        ],
        attributes: [
            .init("mode", default: .string("constant")), .init("pads"), .init("value", default: .float(0)),
        ], versions: [2, 11, 13, 18, 19, 21, 23, 24, 25])

    /// The padding of every axis.
    private static func amounts(
        _ pads: [Int], axes: [Int]?, rank: Int, _ path: String
    ) throws(OperatorError) -> [(begin: Int, end: Int)] {
        let axes = try Axes.normalize(axes ?? Array(0..<rank), rank: rank, path)
        guard pads.count == 2 * axes.count, pads.allSatisfy({ $0.magnitude < 1 << 40 }) else {
            throw OperatorError(
                .shape, subject: path, reason: "pads has \(pads.count) elements where \(2 * axes.count) are due")
        }
        var amounts = [(begin: Int, end: Int)](repeating: (0, 0), count: rank)
        for (index, axis) in axes.enumerated() { amounts[axis] = (pads[index], pads[axes.count + index]) }
        return amounts
    }

    private func amounts(_ site: CallSite, rank: Int) throws(OperatorError) -> [(begin: Int, end: Int)]? {
        guard case .known(let pads) = try site.integers("pads", orInput: 1) else { return nil }
        guard site.hasInput(3) else { return try Self.amounts(pads, axes: nil, rank: rank, site.path) }
        guard let axes = site.integers(3) else { return nil }
        return try Self.amounts(pads, axes: axes, rank: rank, site.path)
    }

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        guard let extents = site.shape(0)?.dimensions else { return nil }
        guard let amounts = try amounts(site, rank: extents.count) else { return .unknown(rank: extents.count) }
        return SymbolicShape(
            zip(extents, amounts).map { extent, amount in
                ElementArithmetic.add(extent, .fixed(amount.begin + amount.end))
            })
    }

    /// Where each position of a padded axis comes from; −1 is the constant.
    private static func sources(
        extent: Int, _ amount: (begin: Int, end: Int), _ mode: String, _ path: String
    ) throws(OperatorError) -> [Int] {
        let count = extent + amount.begin + amount.end
        guard count >= 0 else {
            throw OperatorError(.shape, subject: path, reason: "an axis of extent \(extent) cannot become \(count)")
        }
        _ = try Shape([count]).allocatableCount(path)
        guard let kind = Kernel.PaddingKind(rawValue: mode) else {
            throw OperatorError(
                .attribute, subject: path, reason: "mode is '\(mode)'",
                remedy: "use constant, reflect, edge or wrap")
        }
        guard extent > 0 || kind == .constant || count == 0 else {
            throw OperatorError(.shape, subject: path, reason: "an empty axis has nothing to pad with")
        }
        return (0..<count).map { position in
            let place = position - amount.begin
            return place >= 0 && place < extent ? place : kind.source(of: place, extent: extent) ?? -1
        }
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let attributes = attributes(call)
        guard let pads = try call.integers("pads", orInput: 1) else {
            throw OperatorError(.arity, subject: call.path, reason: "it has no pads")
        }
        let amounts = try Self.amounts(
            pads, axes: try call.optionalIntegers(3), rank: data.shape.rank, call.path)
        let mode = try attributes.string("mode")
        let strides = data.shape.strides
        var offsets: [[Int]] = []
        for axis in data.shape.indices {
            let sources = try Self.sources(extent: data.shape[axis], amounts[axis], mode, call.path)
            offsets.append(sources.map { $0 < 0 ? -1 : $0 * strides[axis] })
        }
        let shape = Shape(offsets.map(\.count))
        let filling = try filling(call, data.elementType)
        return [.tensor(try AxisGather(offsets: offsets).tensor(from: [data, filling], shape: shape, path: call.path))]
    }

    private func filling(_ call: Call, _ type: ElementType) throws(OperatorError) -> Tensor {
        if let given = try call.optionalTensor(2), given.elementCount == 1 { return given }
        if type == .string { return try Tensor.text("", call.path) }
        return try Conversion.convert(Tensor(scalar: try attributes(call).float("value")), to: type, call.path)
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let rank = try site.requireRank(0)
        guard let amounts = try amounts(site, rank: rank) else {
            throw OperatorError(.notDifferentiable, subject: site.path, reason: "its pads are not constant")
        }
        let mode = try attributes(site).string("mode")
        var builder = PullbackBuilder(site)
        guard mode == "constant" else { return try foldedPullback(site, amounts, mode, builder) }
        let opposite = amounts.map { -$0.begin } + amounts.map { -$0.end }
        let inner =
            builder.body.opset >= 11
            ? builder.body.call("Pad", [builder.gradient(), builder.body.integers(opposite)])
            : builder.body.call("Pad", [builder.gradient()], [Attribute("pads", .ints(opposite))])
        builder.result(0, inner)
        if site.hasInput(2) {
            // The constant gathers what falls outside.
            let all = builder.body.reduce(
                "ReduceSum", builder.gradient(), axes: Array(0..<rank), keepsDimensions: false)
            let inside = builder.body.reduce("ReduceSum", inner, axes: Array(0..<rank), keepsDimensions: false)
            let rest = builder.body.subtract(all, inside)
            builder.result(2, builder.body.reshape(rest, to: builder.body.shape(builder.input(2))))
        }
        return builder.pullback()
    }

    /// Padding that repeats elements is a product with a matrix of zeros and ones along each axis; so is its transpose.
    private func foldedPullback(
        _ site: CallSite, _ amounts: [(begin: Int, end: Int)], _ mode: String, _ start: PullbackBuilder
    ) throws(OperatorError) -> Pullback {
        var builder = start
        let shape = try site.requireFixedShape(0)
        let type = try site.requireElementType(0)
        var value = builder.gradient()
        for axis in shape.indices where amounts[axis] != (0, 0) {
            let sources = try Self.sources(extent: shape[axis], amounts[axis], mode, site.path)
            var matrix = [Float](repeating: 0, count: sources.count * shape[axis])
            for (row, column) in sources.enumerated() { matrix[row * shape[axis] + column] = 1 }
            let folding = try Conversion.convert(
                try Tensor.make(matrix, [sources.count, shape[axis]], site.path), to: type, site.path)
            var order = Array(shape.indices)
            order.swapAt(axis, shape.rank - 1)
            let product = builder.body.matrixProduct(
                builder.body.transpose(value, order), builder.body.constant(folding))
            value = builder.body.transpose(product, order)
        }
        builder.result(0, value)
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let rank = site.rank(0), let amounts = try? amounts(site, rank: rank),
            let kind = (try? attributes(site).string("mode")).flatMap(Kernel.PaddingKind.init(rawValue:))
        else { return nil }
        let kernel = Kernel.padding(kind, before: amounts.map(\.begin), after: amounts.map(\.end))
        guard kind == .constant else { return Lowering(kernel, operands: [0]) }
        guard site.hasInput(2) || (try? attributes(site).float("value")) == 0 else { return nil }
        return Lowering(kernel, operands: [0, site.hasInput(2) ? 2 : nil])
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [2, 3])
        let mode = { (name: String) in Attribute("mode", .string(name)) }
        return [
            Example(
                "constant", opset: 13, inputs: [data, .ints([0, 1, 0, 1]), .floats([9], [])], constantInputs: [1, 2],
                expected: [.floats([9, 1, 2, 3, 9, 9, 4, 5, 6, 9], [2, 5])]),
            Example(
                "attributes", opset: 7,
                attributes: [Attribute("pads", .ints([1, 0, 0, 0])), Attribute("value", .float(0.5))], inputs: [data],
                expected: [.floats([0.5, 0.5, 0.5, 1, 2, 3, 4, 5, 6], [3, 3])]),
            Example(
                "reflected", opset: 11, attributes: [mode("reflect")], inputs: [data, .ints([0, 2, 0, 1])],
                constantInputs: [1], expected: [.floats([3, 2, 1, 2, 3, 2, 6, 5, 4, 5, 6, 5], [2, 6])]),
            Example(
                "edge along a named axis", opset: 18, attributes: [mode("edge")],
                inputs: [data, .ints([1, 1]), nil, .ints([1])], constantInputs: [1, 3],
                expected: [.floats([1, 1, 2, 3, 3, 4, 4, 5, 6, 6], [2, 5])]),
            Example(
                "wrapped", opset: 19, attributes: [mode("wrap")], inputs: [data, .ints([0, 1, 0, 2])],
                constantInputs: [1], expected: [.floats([3, 1, 2, 3, 1, 2, 6, 4, 5, 6, 4, 5], [2, 6])]),
            Example(
                "elements removed", opset: 13, inputs: [data, .ints([0, -1, 1, 0])], constantInputs: [1],
                expected: [.floats([2, 3, 5, 6, 0, 0], [3, 2])]),
        ]
    }
}

import Graphs
import Tensors

/// An operator that moves blocks of positions to channels or back: a reshape, a transpose and a reshape.
protocol BlockRearrangement: ShapingOperator {
    /// The six extents the data is taken apart into, and the order in which they come together.
    func plan(_ shape: Shape, block: Int, isColumnFirst: Bool) -> (apart: [Int], order: [Int])
    /// The extents of the result; `nil` where the block does not divide the data's.
    func extents(_ data: [Dimension], block: Int) -> [Dimension]?
}

extension BlockRearrangement {
    static func blockSignature(versions: [Int]) -> Signature {
        movement(
            input: "input", types: TypeSets.classic.union([.bfloat16]),
            attributes: [.init("blocksize", isRequired: true), .init("mode", default: .string("DCR"))],
            versions: versions)
    }

    private func block(_ attributes: Attributes) throws(OperatorError) -> (size: Int, isColumnFirst: Bool) {
        let size = try attributes.int("blocksize")
        let mode = try attributes.string("mode")
        guard size > 0, size < 1 << 20, mode == "DCR" || mode == "CRD" else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "blocksize is \(size) and mode '\(mode)'",
                remedy: "use a positive blocksize and mode DCR or CRD")
        }
        return (size, mode == "CRD")
    }

    private func checkedExtents(
        _ data: [Dimension], block: Int, _ path: String
    ) throws(OperatorError) -> [Dimension] {
        guard data.count == 4, let result = extents(data, block: block) else {
            throw OperatorError(
                .shape, subject: path,
                reason: "blocks of \(block) do not divide data of shape \(SymbolicShape(data).text)",
                remedy: "feed [N, C, H, W] with extents that the block divides")
        }
        return result
    }

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        guard let data = site.shape(0)?.dimensions else { return .unknown(rank: 4) }
        return SymbolicShape(try checkedExtents(data, block: try block(attributes(site)).size, site.path))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let (size, isColumnFirst) = try block(attributes(call))
        let result = try checkedExtents(data.shape.map(Dimension.fixed), block: size, call.path)
        let (apart, order) = plan(data.shape, block: size, isColumnFirst: isColumnFirst)
        let offsets = AxisGather.identity(Shape(apart))
        let gather = AxisGather(offsets: order.map { offsets[$0] })
        return [.tensor(try gather.tensor(from: [data], shape: Shape(result.compactMap(\.value)), path: call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let shape = try site.requireFixedShape(0)
        let (size, isColumnFirst) = try block(attributes(site))
        let (apart, order) = plan(shape, block: size, isColumnFirst: isColumnFirst)
        var inverse = order
        for (target, source) in order.enumerated() { inverse[source] = target }
        var builder = PullbackBuilder(site)
        let taken = builder.body.reshape(
            builder.gradient(), to: builder.body.integers(order.map { apart[$0] }))
        let turned = builder.body.transpose(taken, inverse)
        builder.result(0, builder.body.reshape(turned, to: builder.body.shape(builder.input(0))))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let shape = site.fixedShape(0), let (size, isColumnFirst) = try? block(attributes(site)),
            let extents = try? checkedExtents(shape.map(Dimension.fixed), block: size, site.path).compactMap(\.value)
        else { return nil }
        let (apart, order) = plan(shape, block: size, isColumnFirst: isColumnFirst)
        return Lowering(.rearrangement(apart: apart, permutation: order, extents: extents), operands: [0])
    }

    /// An extent divided by a factor; `nil` where it leaves a rest.
    static func divide(_ extent: Dimension, by factor: Int) -> Dimension? {
        guard let value = extent.value else { return .unknown }
        return value % factor == 0 ? .fixed(value / factor) : nil
    }
}

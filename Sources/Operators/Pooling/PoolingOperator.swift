import Graphs
import Tensors

/// An operator that reduces each window of each channel to one element.
protocol PoolingOperator: Operator {}

extension PoolingOperator {
    var family: OperatorFamily { .pooling }

    /// The attributes every pooling writes alike.
    static var rules: [Signature.AttributeRule] {
        SlidingWindow.rules.filter { $0.name != "kernel_shape" } + [
            .init("kernel_shape", isRequired: true), .init("ceil_mode", default: .int(0)),
        ]
    }

    /// The window of a node.
    func window(_ attributes: Attributes) throws(OperatorError) -> SlidingWindow {
        try SlidingWindow(attributes, roundsUp: try attributes.flag("ceil_mode"))
    }

    /// The shape of the pooled data.
    func pooledShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        let window = try window(attributes(site))
        guard let data = site.shape(0)?.dimensions else { return .unknown(rank: window.rank + 2) }
        guard data.count == window.rank + 2 else { throw mismatch(data.count, window, site.path) }
        return SymbolicShape(data[..<2] + (try window.outputExtents(Array(data[2...]), path: site.path)))
    }

    /// The extents of a pooling.
    func problem(_ data: Shape, _ attributes: Attributes) throws(OperatorError) -> PoolingProblem {
        let window = try window(attributes)
        guard data.rank == window.rank + 2 else { throw mismatch(data.rank, window, attributes.path) }
        let extents = Array(data.dimensions[2...])
        let result = try window.outputExtents(extents, path: attributes.path)
        _ = try Shape(Array(data.dimensions[..<2]) + result).allocatableCount(attributes.path)
        return PoolingProblem(
            images: data[0], channels: data[1], dataExtents: extents, resultExtents: result,
            window: window.resolved(extents: extents))
    }

    private func mismatch(_ rank: Int, _ window: SlidingWindow, _ path: String) -> OperatorError {
        OperatorError(
            .shape, subject: path, reason: "data of rank \(rank) does not fit a window of \(window.rank) axes",
            remedy: "give kernel_shape an element for each axis after the first two")
    }

    /// One operation for each element of each window.
    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let size = ((try? attributes(site).ints("kernel_shape")) ?? []).reduce(1.0) { $0 * Double($1) }
        return .traffic(site, outputs: outputs, operations: size * Work.elementCount(outputs.first ?? nil))
    }

    /// The window with its padding, where a fast kernel may compute this call.
    func loweredWindow(_ site: CallSite) -> Kernel.Window? {
        guard site.elementType(0) == .float32, let data = site.shape(0)?.dimensions, data.count >= 3,
            let window = try? window(attributes(site)), !window.roundsUp
        else { return nil }
        return window.resolved(extents: Array(data[2...]))
    }

    /// The pullback of data without elements, which are their own gradient; nothing is laid out, whatever their extents.
    func emptyPullback(_ site: CallSite, _ problem: PoolingProblem) -> Pullback? {
        guard problem.isEmpty else { return nil }
        var builder = PullbackBuilder(site)
        builder.result(0, builder.input(0))
        return builder.pullback()
    }

    /// What a gradient needs: the extents, all fixed.
    func gradientProblem(_ site: CallSite) throws(OperatorError) -> PoolingProblem {
        try problem(try site.requireFixedShape(0), attributes(site))
    }
}

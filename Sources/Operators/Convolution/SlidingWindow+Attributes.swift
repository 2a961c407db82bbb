import Graphs
import Tensors

extension SlidingWindow {
    /// The attributes every windowed operator writes alike.
    static let rules: [Signature.AttributeRule] = [
        .init("auto_pad", default: .string("NOTSET")), .init("dilations"), .init("kernel_shape"), .init("pads"),
        .init("strides"),
    ]

    /// Reads the window of a node; `kernel` are the extents that the weights have, where there are weights.
    ///
    /// - Throws: `OperatorError` of code `attribute`, or `shape` where `kernel_shape` and the weights disagree.
    init(_ attributes: Attributes, kernel: [Int]? = nil, roundsUp: Bool = false) throws(OperatorError) {
        let given = try attributes.optionalInts("kernel_shape")
        if let given, let kernel, given != kernel {
            throw OperatorError(
                .shape, subject: attributes.path,
                reason: "kernel_shape is \(given) and the weights have the window \(kernel)",
                remedy: "leave kernel_shape out")
        }
        guard let size = kernel ?? given else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "attribute 'kernel_shape' is missing",
                remedy: "give the node the attribute 'kernel_shape'")
        }
        try self.init(
            size: size, strides: try attributes.optionalInts("strides"),
            dilations: try attributes.optionalInts("dilations"), pads: try attributes.optionalInts("pads"),
            automaticPadding: try attributes.string("auto_pad"), roundsUp: roundsUp, path: attributes.path)
    }

    /// The extents of the output for data of partly known extents.
    ///
    /// - Throws: `OperatorError` of code `shape` when no window fits.
    func outputExtents(_ extents: [Dimension], path: String) throws(OperatorError) -> [Dimension] {
        var result: [Dimension] = []
        for (axis, extent) in extents.enumerated() {
            if let value = extent.value {
                result.append(.fixed(try windowCount(axis, extent: value, path)))
            } else {
                result.append(keepsExtent(axis) ? extent : .unknown)
            }
        }
        return result
    }

    /// True where the output is as long as the data, whatever its extent.
    private func keepsExtent(_ axis: Int) -> Bool {
        guard strides[axis] == 1 else { return false }
        let (begin, end) = padding(axis, extent: span(axis))
        return begin + end == span(axis) - 1
    }

    /// The window with its padding, where the extents that decide it are known.
    func resolved(extents: [Dimension]) -> Kernel.Window? {
        let fixed = extents.compactMap(\.value)
        if fixed.count == extents.count { return resolved(extents: fixed) }
        // Explicit padding, and any padding of steps of one, does not depend on the extents.
        if case .explicit = padding { return resolved(extents: size) }
        guard strides.allSatisfy({ $0 == 1 }) else { return nil }
        return resolved(extents: (0..<rank).map(span))
    }

    func misfit(_ axis: Int, extent: Int, _ path: String) -> OperatorError {
        OperatorError(
            .shape, subject: path,
            reason: "a window spanning \(span(axis)) does not fit in spatial axis \(axis) of extent \(extent)",
            remedy: "pad the data or feed larger data")
    }
}

extension Kernel.Window {
    /// The window as attributes of a convolution with explicit padding.
    var attributes: [Attribute] {
        [
            Attribute("kernel_shape", .ints(size)), Attribute("strides", .ints(strides)),
            Attribute("dilations", .ints(dilations)), Attribute("pads", .ints(padding)),
        ]
    }

    /// The elements an axis of the window spans, gaps included.
    func span(_ axis: Int) -> Int { (size[axis] - 1) * dilations[axis] + 1 }
}

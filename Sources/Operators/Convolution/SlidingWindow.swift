/// The window attributes that convolutions and poolings share, checked, before the extents of the data are known.
struct SlidingWindow: Sendable, Hashable {
    /// How the standard's `auto_pad` chooses padding.
    enum Padding: Sendable, Hashable {
        /// Given: all beginnings, then all ends.
        case explicit([Int])
        /// As much as makes the output as long as the input over the stride; an odd element goes to one side.
        case same(extraAtEnd: Bool)
    }

    /// The extents of the window.
    let size: [Int]
    /// The steps.
    let strides: [Int]
    /// The distances between neighbours of the window.
    let dilations: [Int]
    /// Where padding comes from.
    let padding: Padding
    /// True when a last window that only partly fits counts (`ceil_mode`).
    let roundsUp: Bool

    /// The largest extent, stride or dilation taken for genuine; keeps all arithmetic below from overflowing.
    private static let limit = 1 << 31
    /// The longest axis of data; only data without elements could have a longer one.
    private static let longestExtent = 1 << 61

    /// Checks the attributes; `nil` stands for the standard's default.
    ///
    /// - Throws: `OperatorError` of code `attribute`.
    init(
        size: [Int], strides: [Int]?, dilations: [Int]?, pads: [Int]?, automaticPadding: String, roundsUp: Bool = false,
        path: String
    ) throws(OperatorError) {
        let rank = size.count
        self.size = size
        self.strides = strides ?? [Int](repeating: 1, count: rank)
        self.dilations = dilations ?? [Int](repeating: 1, count: rank)
        self.roundsUp = roundsUp
        switch automaticPadding {
        case "NOTSET", "": padding = .explicit(pads ?? [Int](repeating: 0, count: 2 * rank))
        case "VALID": padding = .explicit([Int](repeating: 0, count: 2 * rank))
        case "SAME_UPPER": padding = .same(extraAtEnd: true)
        case "SAME_LOWER": padding = .same(extraAtEnd: false)
        default:
            throw OperatorError(
                .attribute, subject: path, reason: "auto_pad is '\(automaticPadding)'",
                remedy: "use NOTSET, SAME_UPPER, SAME_LOWER or VALID")
        }
        guard rank > 0 else {
            throw OperatorError(.shape, subject: path, reason: "there is no axis to slide a window along")
        }
        try Self.check(size, rank, 1, "kernel_shape", path)
        try Self.check(self.strides, rank, 1, "strides", path)
        try Self.check(self.dilations, rank, 1, "dilations", path)
        if case .explicit(let pads) = padding { try Self.check(pads, 2 * rank, 0, "pads", path) }
    }

    private static func check(
        _ values: [Int], _ count: Int, _ minimum: Int, _ name: String, _ path: String
    ) throws(OperatorError) {
        guard values.count == count else {
            throw OperatorError(
                .attribute, subject: path, reason: "\(name) has \(values.count) elements where \(count) are due")
        }
        guard values.allSatisfy({ $0 >= minimum && $0 < limit }) else {
            throw OperatorError(
                .attribute, subject: path, reason: "\(name) \(values) has an element below \(minimum) or beyond reason")
        }
    }

    /// The number of spatial axes.
    var rank: Int { size.count }

    /// The elements an axis of the window spans, gaps included.
    func span(_ axis: Int) -> Int { (size[axis] - 1) * dilations[axis] + 1 }

    /// The padding of one axis for data of the given extent.
    func padding(_ axis: Int, extent: Int) -> (begin: Int, end: Int) {
        switch padding {
        case .explicit(let pads): return (pads[axis], pads[rank + axis])
        case .same(let extraAtEnd):
            let count = (extent + strides[axis] - 1) / strides[axis]
            let total = max(0, (count - 1) * strides[axis] + span(axis) - extent)
            let less = total / 2
            return extraAtEnd ? (less, total - less) : (total - less, less)
        }
    }

    /// How many windows fit along one axis of data of the given extent; 0 or less when none does.
    func outputExtent(_ axis: Int, extent: Int) -> Int {
        let stride = strides[axis]
        guard case .explicit = padding else { return (extent + stride - 1) / stride }
        let (begin, end) = padding(axis, extent: extent)
        let room = extent + begin + end - span(axis)
        guard room >= 0 else { return 0 }
        guard roundsUp else { return room / stride + 1 }
        let count = (room + stride - 1) / stride + 1
        // A window that would start in the padding at the end does not count.
        return (count - 1) * stride >= extent + begin ? count - 1 : count
    }

    /// The window with the padding that data of these extents gets.
    func resolved(extents: [Int]) -> Kernel.Window {
        let pads = (0..<rank).map { padding($0, extent: extents[$0]) }
        return Kernel.Window(
            size: size, strides: strides, dilations: dilations, padding: pads.map(\.begin) + pads.map(\.end))
    }

    /// The extents of the output for data of these extents.
    ///
    /// - Throws: `OperatorError` of code `shape` when no window fits.
    func outputExtents(_ extents: [Int], path: String) throws(OperatorError) -> [Int] {
        var result = [Int]()
        for axis in 0..<rank { result.append(try windowCount(axis, extent: extents[axis], path)) }
        return result
    }

    /// How many windows fit along one axis.
    func windowCount(_ axis: Int, extent: Int, _ path: String) throws(OperatorError) -> Int {
        guard extent <= Self.longestExtent else { throw misfit(axis, extent: extent, path) }
        let count = outputExtent(axis, extent: extent)
        guard count > 0 || extent == 0 else { throw misfit(axis, extent: extent, path) }
        return max(0, count)
    }
}

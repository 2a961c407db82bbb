import Tensors

/// Picks elements axis by axis: output `(i, j, …)` is the element at `offsets[0][i] + offsets[1][j] + …`.
///
/// One movement serves transposes, slices, paddings, tiles, expansions and gathers along an axis. A negative offset stands
/// for the only element of the second source.
struct AxisGather: ElementMovement {
    /// For each axis of the output and each position along it the offset it adds, or a negative number.
    let offsets: [[Int]]

    /// Inner axes are joined to a table of at most this many offsets.
    private static let tableLimit = 4096

    /// The inner axes joined into one.
    private enum Inner {
        /// Neighbours in the source.
        case run(start: Int, count: Int)
        case table([Int])
    }

    /// Every axis of `shape` as it is.
    static func identity(_ shape: Shape) -> [[Int]] {
        zip(shape, shape.strides).map { extent, step in (0..<extent).map { $0 * step } }
    }

    func move<Element: Sendable>(_ sources: [[Element]]) throws(OperatorError) -> [Element] {
        let count = offsets.reduce(1) { $0 * $1.count }
        guard count > 0, let filling = sources.last?.first ?? sources.first?.first else { return [] }
        let (inner, outerAxes) = joined()
        var result = [Element]()
        result.reserveCapacity(count)
        for position in Odometer(offsets.prefix(outerAxes).map(\.count)) {
            var base = 0
            var isOutside = false
            for (axis, index) in position.enumerated() {
                let offset = offsets[axis][index]
                isOutside = isOutside || offset < 0
                base += offset
            }
            append(inner, from: sources[0], at: base, isOutside: isOutside, filling, to: &result)
        }
        return result
    }

    private func append<Element>(
        _ inner: Inner, from source: [Element], at base: Int, isOutside: Bool, _ filling: Element,
        to result: inout [Element]
    ) {
        switch inner {
        case .run(_, let count) where isOutside: result.append(contentsOf: repeatElement(filling, count: count))
        case .table(let table) where isOutside: result.append(contentsOf: repeatElement(filling, count: table.count))
        case .run(let start, let count): result.append(contentsOf: source[base + start..<base + start + count])
        case .table(let table):
            for offset in table { result.append(offset < 0 ? filling : source[base + offset]) }
        }
    }

    /// The longest joined tail of the axes, and how many axes remain before it.
    private func joined() -> (Inner, outerAxes: Int) {
        var inner = Inner.run(start: 0, count: 1)
        var axis = offsets.count
        while axis > 0, let wider = AxisGather.join(offsets[axis - 1], inner) {
            inner = wider
            axis -= 1
        }
        return (inner, axis)
    }

    private static func join(_ axis: [Int], _ inner: Inner) -> Inner? {
        switch inner {
        case .run(let start, let count):
            if let first = axis.first, first >= 0, axis.indices.allSatisfy({ axis[$0] == first + $0 * count }) {
                return .run(start: first + start, count: axis.count * count)
            }
            // Long runs are best copied one by one.
            guard count < 16, axis.count * count <= tableLimit else { return nil }
            return .table(axis.flatMap { offset in (0..<count).map { offset < 0 ? -1 : offset + start + $0 } })
        case .table(let table):
            guard axis.count * table.count <= tableLimit else { return nil }
            return .table(
                axis.flatMap { offset in table.map { offset < 0 || $0 < 0 ? -1 : offset + $0 } })
        }
    }
}

import CVectorKernels

/// Operands of one result under numpy broadcasting, with axes joined that need not be walked apart.
struct Stretching: Sendable {
    /// The extents of the result.
    let extents: [Int]
    let stretch: AssayStretch
    /// How many elements the result has.
    let elementCount: Int

    /// `nil` where the operands do not stretch to each other, or have too many axes that cannot be joined.
    ///
    /// - Parameters:
    ///   - widths: bytes of an element of each operand.
    ///   - width: of an element of the result.
    init?(_ operands: [[Int]], widths: [Int], width: Int) {
        guard let extents = Self.extents(operands) else { return nil }
        self.extents = extents
        elementCount = extents.reduce(1, *)
        var axes: [Axis] = []
        let steps = operands.map { Self.steps($0, in: extents) }
        for (index, extent) in extents.enumerated() where extent != 1 {
            let axis = Axis(extent: extent, steps: steps.map { $0[index] })
            if let last = axes.last, zip(last.steps, axis.steps).allSatisfy({ $0 == $1 * extent }) {
                axes[axes.count - 1] = Axis(extent: last.extent * extent, steps: axis.steps)
            } else {
                axes.append(axis)
            }
        }
        if axes.isEmpty { axes = [Axis(extent: 1, steps: operands.map { _ in 1 })] }
        guard axes.count <= Int(ASSAY_STRETCH_RANK), operands.count <= 3 else { return nil }
        var stretch = AssayStretch()
        stretch.rank = Int64(axes.count)
        stretch.width = Int64(width)
        store(widths, in: &stretch.widths)
        store(axes.map(\.extent), in: &stretch.extents)
        for operand in operands.indices {
            store(axes.map { $0.steps[operand] }, in: &stretch.steps, from: operand * Int(ASSAY_STRETCH_RANK))
        }
        self.stretch = stretch
    }

    private struct Axis {
        let extent: Int
        let steps: [Int]
    }

    private static func extents(_ operands: [[Int]]) -> [Int]? {
        let rank = operands.map(\.count).max() ?? 0
        var result = [Int](repeating: 1, count: rank)
        for operand in operands {
            for (index, extent) in operand.enumerated() where extent != 1 {
                let axis = rank - operand.count + index
                guard result[axis] == 1 || result[axis] == extent else { return nil }
                result[axis] = extent
            }
        }
        return result
    }

    private static func steps(_ operand: [Int], in extents: [Int]) -> [Int] {
        let strides = Layout.rowMajorStrides(operand)
        let missing = extents.count - operand.count
        return extents.indices.map { $0 < missing || operand[$0 - missing] == 1 ? 0 : strides[$0 - missing] }
    }
}

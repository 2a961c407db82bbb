import CVectorKernels

/// A box of elements on its way from one tensor to another: where both start, and the steps along each axis.
struct MovementBox: Sendable {
    /// Axes with their extents and steps, in elements; the order of axes means nothing.
    private struct Axis {
        var extent: Int
        var from: Int
        var to: Int
    }

    /// Where the box starts in the operand and in the result, in elements.
    let fromOffset: Int
    let toOffset: Int
    private let movement: AssayMovement

    /// How many elements move.
    let elementCount: Int
    /// Bytes of an element.
    var width: Int { Int(movement.width) }

    /// Makes a box; `nil` where it has too many axes that cannot be joined.
    ///
    /// - Parameters:
    ///   - from, to: elements between neighbours along each axis, in the operand and in the result.
    ///   - width: bytes of an element.
    init?(extents: [Int], from: [Int], to: [Int], fromOffset: Int = 0, toOffset: Int = 0, width: Int) {
        guard [1, 2, 4, 8].contains(width) else { return nil }
        let axes = Self.ordered(
            zip(extents, zip(from, to)).map { Axis(extent: $0, from: $1.0, to: $1.1) }.filter { $0.extent != 1 })
        guard axes.count <= Int(ASSAY_MOVEMENT_RANK) else { return nil }
        self.fromOffset = fromOffset
        self.toOffset = toOffset
        elementCount = extents.reduce(1, *)
        var movement = AssayMovement()
        movement.rank = Int64(axes.count)
        movement.width = Int64(width)
        store(axes.map(\.extent), in: &movement.extents)
        store(axes.map(\.from), in: &movement.from)
        store(axes.map(\.to), in: &movement.to)
        self.movement = movement
    }

    /// Moves a part of the outermost axis.
    func move(
        _ operand: UnsafeRawPointer, _ result: UnsafeMutableRawPointer, part: Int, of parts: Int
    ) {
        let share = Team.share(Int(movement.extents.0), part: part, of: parts)
        withUnsafePointer(to: movement) { movement in
            assay_move(
                result + toOffset * width, operand + fromOffset * width, movement, Int64(share.lowerBound),
                Int64(share.upperBound))
        }
    }

    /// Axes from the outermost to the innermost: the one that is dense in the result last, before it the one that is
    /// dense in the operand; neighbours that are one axis in both are joined.
    private static func ordered(_ axes: [Axis]) -> [Axis] {
        var joined: [Axis] = []
        for axis in axes.sorted(by: { $0.to.magnitude > $1.to.magnitude }) {
            if let last = joined.last, last.from == axis.from * axis.extent, last.to == axis.to * axis.extent {
                joined[joined.count - 1] = Axis(extent: last.extent * axis.extent, from: axis.from, to: axis.to)
            } else {
                joined.append(axis)
            }
        }
        if joined.isEmpty { return [Axis(extent: 1, from: 1, to: 1)] }
        // Squares are worth their while where the innermost axis of the result is far apart in the operand.
        if joined.count > 2, let last = joined.last, last.to == 1, last.from.magnitude > 1,
            let dense = joined.dropLast(2).firstIndex(where: { $0.from == 1 })
        {
            joined.insert(joined.remove(at: dense), at: joined.count - 1)
        }
        return joined
    }
}

/// The partition of a series into segments of constant mean that has the least cost.
///
/// The cost is the sum of squared distances from the means of the segments, and a penalty for every change. The least cost of
/// the values so far is kept as a function of the mean of the last segment: pieces of parabolas, most of which are cut off
/// at every step by the cost of a change. That finds the exact minimum in a time that is close to linear, with changes or
/// without (FPOP: Maidstone, Hocking, Rigaill and Fearnhead 2017, "On optimal multiple changepoint algorithms for large
/// data"); pruning by inequalities alone (PELT) takes quadratic time when nothing changes.
package struct OptimalPartition: Sendable {
    /// The first index of every segment but the first, ascending.
    package let changes: [Int]
    /// How many pieces were visited in all: the time that it took, in a unit that no machine disturbs.
    package let work: Int

    /// Where the least cost is one parabola: `minimum + weight · (mean − centre)²` for means from `lower` to `upper`.
    private struct Piece {
        var lower, upper: Double
        var weight = 0.0
        var centre = 0.0
        var minimum: Double
        /// The first index of the last segment.
        var start: Int

        /// Adds the squared distance from a value (the sum of two parabolas is one; Welford 1962).
        mutating func add(_ value: Double) {
            let distance = value - centre
            weight += 1
            minimum += distance * distance * (weight - 1) / weight
            centre += distance / weight
        }

        var least: Double {
            let distance = Swift.min(Swift.max(centre, lower), upper) - centre
            return minimum + weight * distance * distance
        }
    }

    /// Finds the partition of finite values; the penalty is positive.
    package init(of values: [Double], penalty: Double) {
        guard let lower = values.min(), let upper = values.max(), lower < upper else {
            (changes, work) = ([], 0)
            return
        }
        var pieces = [Piece(lower: lower, upper: upper, minimum: 0, start: 0)]
        var pruned: [Piece] = []
        var starts: [Int] = []
        starts.reserveCapacity(values.count)
        var least = 0.0
        var visited = 0
        for (index, value) in values.enumerated() {
            if index > 0 {
                Self.prune(pieces, at: least + penalty, start: index, into: &pruned)
                swap(&pieces, &pruned)
            }
            var start = 0
            least = .infinity
            for position in pieces.indices {
                pieces[position].add(value)
                let cost = pieces[position].least
                if cost < least { (least, start) = (cost, pieces[position].start) }
            }
            starts.append(start)
            visited += pieces.count
        }
        changes = Self.changes(from: starts)
        work = visited
    }

    /// Takes the lesser of the pieces and of a constant, the cost of a change before `start`.
    private static func prune(_ pieces: [Piece], at level: Double, start: Int, into result: inout [Piece]) {
        result.removeAll(keepingCapacity: true)
        for piece in pieces {
            let room = level - piece.minimum
            let reach = room > 0 ? (room / piece.weight).squareRoot() : 0
            let left = room > 0 ? min(max(piece.centre - reach, piece.lower), piece.upper) : piece.upper
            let right = room > 0 ? min(max(piece.centre + reach, piece.lower), piece.upper) : piece.upper
            append(from: piece.lower, to: left, level, start, &result)
            if left < right {
                var kept = piece
                (kept.lower, kept.upper) = (left, right)
                result.append(kept)
            }
            append(from: right, to: piece.upper, level, start, &result)
        }
    }

    /// Appends a constant piece, or makes the last one longer when that is the same constant.
    private static func append(
        from lower: Double, to upper: Double, _ level: Double, _ start: Int, _ result: inout [Piece]
    ) {
        guard lower < upper else { return }
        if let last = result.last, last.start == start {
            result[result.count - 1].upper = upper
        } else {
            result.append(Piece(lower: lower, upper: upper, minimum: level, start: start))
        }
    }

    /// Follows the first index of the last segment back from the end.
    private static func changes(from starts: [Int]) -> [Int] {
        var changes: [Int] = []
        var start = starts.last ?? 0
        while start > 0 {
            changes.append(start)
            start = starts[start - 1]
        }
        return changes.reversed()
    }
}

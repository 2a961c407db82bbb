/// Places the buffers of a plan in one arena, so that those in use at the same time do not overlap.
///
/// Greedy by size: the largest first, each in the tightest gap that its neighbours in time leave (Pisarchyk and Lee,
/// "Efficient Memory Management for Deep Neural Net Inference", 2020, section 5.2).
enum MemoryPlan {
    /// Gives every buffer of the arena its offset.
    ///
    /// - Returns: the size of the arena, in bytes.
    static func place(_ buffers: inout [PlanBuffer]) -> Int {
        let order = buffers.indices.filter { buffers[$0].isInArena && buffers[$0].last >= 0 }
            .sorted { (buffers[$0].byteCount, $1) > (buffers[$1].byteCount, $0) }
        var placed: [Int] = []
        var size = 0
        for index in order {
            let rounded = rounded(buffers[index].byteCount)
            let offset = offset(of: index, rounded, buffers, placed)
            buffers[index].offset = offset
            size = max(size, offset + rounded)
            let place = placed.firstIndex { buffers[$0].offset > offset } ?? placed.endIndex
            placed.insert(index, at: place)
        }
        return size
    }

    /// The start of the tightest gap among the neighbours, which are ordered by offset.
    private static func offset(of index: Int, _ size: Int, _ buffers: [PlanBuffer], _ placed: [Int]) -> Int {
        var (end, best, bestGap) = (0, Int?.none, Int.max)
        for other in placed where buffers[other].overlaps(buffers[index]) {
            let gap = buffers[other].offset - end
            if gap >= size, gap < bestGap { (best, bestGap) = (end, gap) }
            end = max(end, buffers[other].offset + rounded(buffers[other].byteCount))
        }
        return best ?? end
    }

    /// Whole cache lines.
    private static func rounded(_ byteCount: Int) -> Int {
        (byteCount + BufferPool.alignment - 1) & ~(BufferPool.alignment - 1)
    }
}

extension PlanBuffer {
    fileprivate var isInArena: Bool { if case .arena = owner { true } else { false } }

    fileprivate func overlaps(_ other: PlanBuffer) -> Bool { first <= other.last && other.first <= last }
}

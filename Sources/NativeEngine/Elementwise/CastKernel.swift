import CVectorKernels

/// A function of each element that changes its type.
struct CastKernel: DirectKernel, @unchecked Sendable {
    let function: AssayCastFunction
    let elementCount: Int
    /// Bytes of an element, before and after.
    let width: Int
    let resultWidth: Int

    func run(_ memory: DirectMemory, _ team: Team) {
        team.run(limit: elementCount >= StretchKernel.elementsForThreads ? Int.max : 1) { part, parts in
            let share = Team.share(elementCount, part: part, of: parts)
            function(
                memory.results[0] + share.lowerBound * resultWidth, memory.operands[0] + share.lowerBound * width,
                Int64(share.count))
        }
    }
}

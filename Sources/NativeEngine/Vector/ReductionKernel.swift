import CVectorKernels
import Operators

/// A tensor as the reduction kernel reads it: kept and reduced axes in turns, as the elements lie.
struct ReductionForm: Hashable {
    let outer: Int
    let steps: Int
    let inner: Int
    let run: Int

    /// `nil` where reduced axes lie in more than two blocks, or there is no element.
    ///
    /// - Parameter axes: the axes from the outermost to the innermost, and which of them are reduced.
    init?(_ axes: [(extent: Int, isReduced: Bool)]) {
        var turns = [1, 1, 1, 1]
        var turn = 0
        for axis in axes where axis.extent != 1 {
            while turn < turns.count, (turn % 2 == 1) != axis.isReduced { turn += 1 }
            guard turn < turns.count else { return nil }
            turns[turn] *= axis.extent
        }
        guard !turns.contains(0) else { return nil }
        outer = turns[0]
        // Without kept axes between them both blocks are one, whose elements lie side by side.
        steps = turns[2] == 1 ? 1 : turns[1]
        inner = turns[2]
        run = turns[2] == 1 ? turns[1] * turns[3] : turns[3]
    }

    var elementCount: Int { outer * steps * inner * run }
    var resultCount: Int { outer * inner }
}

/// A reduction of some axes.
struct ReductionKernel: DirectKernel {
    /// Elements for which waking a thread pays.
    private static let leastWork = 1 << 15
    /// Neighbouring results that one thread computes where their elements lie apart, so that it reads whole vectors.
    private static let neighbours = 128

    let kind: Kernel.ReductionKind
    let form: ReductionForm
    let vectors: VectorKernels

    func run(_ memory: DirectMemory, _ team: Team) {
        var run = AssayReduction(
            kind: kind.vectorForm, outer: Int64(form.outer), steps: Int64(form.steps), inner: Int64(form.inner),
            run: Int64(form.run), source: memory.operands[0].assumingMemoryBound(to: Float.self),
            result: memory.results[0].assumingMemoryBound(to: Float.self))
        let unit = form.run == 1 ? Self.neighbours : 1
        let units = (form.resultCount + unit - 1) / unit
        withUnsafePointer(to: &run) { run in
            team.run(limit: min(units, form.elementCount / Self.leastWork)) { part, parts in
                let share = Team.share(units, part: part, of: parts)
                vectors.reduce(
                    run, Int64(share.lowerBound * unit), Int64(min(share.upperBound * unit, form.resultCount)))
            }
        }
    }
}

extension Kernel.ReductionKind {
    fileprivate var vectorForm: AssayReductionKind {
        switch self {
        case .sum: ASSAY_REDUCE_SUM
        case .mean: ASSAY_REDUCE_MEAN
        case .maximum: ASSAY_REDUCE_MAXIMUM
        case .minimum: ASSAY_REDUCE_MINIMUM
        case .product: ASSAY_REDUCE_PRODUCT
        case .l1Norm: ASSAY_REDUCE_MAGNITUDES
        case .l2Norm: ASSAY_REDUCE_NORM
        case .sumOfSquares: ASSAY_REDUCE_SQUARES
        }
    }
}

import Engines
import Foundation
import Measurement

/// Compares an engine with itself, again and again.
struct ResolutionPass {
    let spec: SelfTestSpec
    let model: ResolvedModel
    let context: StudyContext

    /// Finds how far the ratios of equal things lie from 1 after the whole budget.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks.
    func run() async throws -> SelfTestFindings.Resolution {
        var compare = CompareSpec()
        compare.budget = spec.budget
        // Nothing stops a comparison but its budget: it is the resolution that is asked for, not an answer.
        compare.precision = 1e-6
        compare.seed = spec.seed
        compare.limits = spec.limits
        let findings = try await SelfTrials(context).run(
            compare, side: CompareSide(spec.model ?? model.path, spec.stack), count: spec.pairs, addedWork: 0)
        return SelfTestFindings.Resolution(
            stack: findings.stack, model: spec.model ?? model.name,
            logarithms: findings.trials.compactMap(\.ratio).filter { $0 > 0 }.map { log($0) },
            different: findings.different,
            level: findings.level, margin: findings.margin)
    }
}

import Assets
public import Engines
import Graphs
public import Operators
import Records
public import Tensors

/// Tries passes on whole models: explores them, and runs what came of them on an engine beside the model itself.
public struct ModelSoak: Sendable {
    private let context: StudyContext
    private let soak: PassSoak
    private let stack: PreparedStack

    /// Makes a soak on one stack.
    public init(_ context: StudyContext, _ soak: PassSoak, on stack: PreparedStack) {
        self.context = context
        self.soak = soak
        self.stack = stack
    }

    /// Tries a model.
    ///
    /// - Parameters:
    ///   - shapes: shapes of inputs that the model leaves open.
    ///   - tensors: what to feed to inputs for which not every number makes sense, by name.
    /// - Throws: what reading the model, starting the engine and running the model as it was throws.
    public func run(
        _ resolved: ResolvedModel, shapes: [String: [Int]], tensors: [String: Tensor] = [:], seed: Int
    ) async throws -> PassSoak.Tally {
        let model = try Model(contentsOf: resolved.path)
        try model.validate()
        let required = model.graph.requiredInputs
        let inputs = try SyntheticBatch(
            inputs: required, shapes: shapes, model: resolved.name, seed: seed
        ).make()
        let newest = max(model.opsets[""] ?? 0, 24)
        let exploration = soak.explore(
            model, name: resolved.name, seed: UInt64(clamping: seed), context: PassContext(maximumOpset: newest))
        var tally = exploration.tally
        var feeds = Dictionary(inputs.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 })
        feeds.merge(tensors) { $1 }
        var seat = try await start(resolved, feeds)
        for (index, candidate) in exploration.candidates.enumerated() {
            tally.results += 1
            do {
                let result = try await seat.compare(candidate.model, name: "candidate \(index)", nil, seed: 0)
                if let mismatch = result.mismatch {
                    tally.note(.differing, resolved.name, candidate, mismatch)
                } else if result.difference > soak.tolerance {
                    tally.note(.differing, resolved.name, candidate, "max|a−b|/max|b| \(result.difference)")
                }
                tally.largestDifference = max(tally.largestDifference, result.difference)
            } catch {
                tally.note(.failing, resolved.name, candidate, "\(error)")
                if let error = error as? WorkerError, !error.isSurvivable {
                    seat = try await start(resolved, feeds)
                }
            }
            context.progress.report(.advanced(done: index + 1, of: exploration.candidates.count))
        }
        await seat.close()
        return tally
    }

    private func start(
        _ model: ResolvedModel, _ inputs: [String: Tensor]
    ) async throws(WorkerError) -> OptimizeSeat {
        try await OptimizeSeat.start(
            stack, limits: LimitSpec(), launcher: context.launcher, model: model, inputs: inputs)
    }
}

extension PassSoak.Tally {
    fileprivate mutating func note(
        _ kind: PassSoak.Finding.Kind, _ model: String, _ candidate: PassSoak.Candidate, _ reason: String
    ) {
        findings.append(PassSoak.Finding(model: model, passes: candidate.passes, kind: kind, reason: reason))
    }
}

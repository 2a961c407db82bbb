import Assets
import Engines
import Graphs
import Operators
public import Records
public import Specs
import Tensors

/// The study behind `assay optimize`: what portable passes make of a model, what each gains on each engine, and whether
/// the outputs stay.
public struct Optimize: Sendable {
    /// The name of the study in records.
    public static let name = "optimize"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// What was found.
    public struct Findings: Sendable {
        /// The model as a record lists it.
        public var model: ResolvedModel
        /// What the passes made of it.
        public var optimization: Optimization
        /// What each stack showed, in the order of the spec.
        public var stacks: [StackFindings]
        /// True when it was interrupted before its end.
        public var isPartial = false
        var prepared: [PreparedStack] = []
    }

    /// What one stack showed.
    public struct StackFindings: Sendable {
        /// What tables call the stack.
        public var title: String
        /// How it got through.
        public var outcome: Outcome.State
        /// The comparison after each stage that was run, by its index; the whole where stages are not shown.
        var comparisons: [Int: OptimizeSeat.Comparison]
        /// The largest difference of the model after all passes; `nil` where it did not run.
        public var finalDifference: Double? { final?.difference }
        /// What sets outputs apart beyond values; `nil` where nothing does.
        public var mismatch: String? { comparisons.sorted { $0.key < $1.key }.lazy.compactMap(\.value.mismatch).first }
        /// The model after all passes beside the one it was made of.
        var final: OptimizeSeat.Comparison? { comparisons.max { $0.key < $1.key }?.value }
    }

    /// Applies the passes, and compares stages on every stack.
    ///
    /// - Throws: what reading the model, making inputs and making stacks ready throws.
    public func findings(_ spec: OptimizeSpec) async throws -> Findings {
        let resolved = try context.model(spec.model)
        let model = try Model(contentsOf: resolved.path)
        try SyntheticBatch.check(spec.shapes.map(\.name), against: model.graph.requiredInputs, of: resolved.name)
        let optimization = try Optimization(model, spec)
        var findings = Findings(model: resolved, optimization: optimization, stacks: [])
        guard !spec.stacks.isEmpty, !optimization.stages.isEmpty else { return findings }
        let inputs = try SyntheticBatch(
            inputs: model.graph.requiredInputs,
            shapes: Dictionary(spec.shapes.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
            model: resolved.name, seed: spec.seed
        ).make()
        let feeds = Dictionary(inputs.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 })
        findings.prepared = try spec.stacks.map { try context.stack($0) }.withDistinctTitles
        for stack in findings.prepared where !Task.isCancelled {
            context.progress.report(.began("\(resolved.name) on \(stack.title)"))
            findings.stacks.append(await run(optimization, resolved, on: stack, spec, feeds))
        }
        findings.isPartial = Task.isCancelled
        return findings
    }

    private func run(
        _ optimization: Optimization, _ model: ResolvedModel, on stack: PreparedStack, _ spec: OptimizeSpec,
        _ inputs: [String: Tensor]
    ) async -> StackFindings {
        var findings = StackFindings(title: stack.title, outcome: .completed, comparisons: [:])
        let stages = spec.explains ? Array(optimization.stages.indices) : [optimization.stages.count - 1]
        do {
            let seat = try await OptimizeSeat.start(
                stack, limits: spec.limits, launcher: context.launcher, model: model, inputs: inputs)
            for (done, index) in stages.enumerated() where !Task.isCancelled {
                findings.comparisons[index] = try await seat.compare(
                    optimization.stages[index].model, name: "\(model.name), stage \(index + 1)",
                    spec.measure.enabled ? spec.measure : nil, seed: spec.seed &+ index)
                context.progress.report(.advanced(done: done + 1, of: stages.count))
            }
            await seat.close()
        } catch let error as WorkerError {
            findings.outcome = Outcome.State(error)
        } catch {
            findings.outcome = .refused(reason: "\(error)")
        }
        if findings.outcome != .completed {
            context.progress.report(.warned("\(model.name) on \(stack.title): \(findings.outcome)"))
        }
        return findings
    }

    /// The record of what was found.
    public func record(of findings: Findings, _ spec: OptimizeSpec, effective: SpecValue) throws -> RecordArchive {
        try OptimizeRecord(spec: spec, effective: effective, findings: findings, context: context).build()
    }
}

import Assets
import Foundation
public import Records
public import Specs

/// The study behind `assay bench`: one engine against the faster of its peers, model by model.
///
/// Each engine runs in a worker of its own, all take turns in short bursts, and each peer runs in the better of its own
/// configurations.
public struct Bench: Sendable {
    /// The name of the study in records.
    public static let name = "bench"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// Carries a spec out.
    ///
    /// A cancelled study gives what it has found so far, marked as partial.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks.
    public func run(_ spec: BenchSpec, effective: SpecValue) async throws -> RecordArchive {
        let models = spec.models.isEmpty ? BenchSuite.models : spec.models.map { BenchSuite.model(named: $0) }
        // A name that is wrong is told before anything is installed.
        for name in spec.models { _ = try context.model(name) }
        let stacks = try spec.stacks.map { try context.stack($0) }.withDistinctTitles
        var findings = BenchFindings(stacks: stacks)
        if spec.parts.contains(.roofline) {
            findings.peaks = await RooflinePass(spec: spec, context: context).run()
        }
        for model in models where !Task.isCancelled {
            let subject = try BenchSubject(model, spec: spec, context: context)
            try await TemporaryFolder.with(Self.name) { folder in
                try await run(subject, spec, folder: folder, into: &findings)
            }
        }
        try await TemporaryFolder.with(Self.name) { folder in try await check(spec, folder: folder, into: &findings) }
        findings.isPartial = Task.isCancelled
        return try BenchRecord(spec: spec, effective: effective, findings: findings, context: context).build()
    }

    /// What is looked at once, whatever the models.
    private func check(_ spec: BenchSpec, folder: String, into findings: inout BenchFindings) async throws {
        guard let own = findings.stacks.first else { return }
        if spec.parts.contains(.denormals), !Task.isCancelled {
            findings.denormals = try await DenormalPass(spec: spec, stacks: findings.stacks, context: context).run(
                folder: folder)
        }
        if spec.parts.contains(.threads), !Task.isCancelled {
            findings.threads = try await ThreadPass(spec: spec, stack: own, context: context).run(folder: folder)
        }
    }

    private func run(
        _ subject: BenchSubject, _ spec: BenchSpec, folder: String, into findings: inout BenchFindings
    ) async throws {
        for batch in spec.batches where !Task.isCancelled {
            let variant: BenchVariant
            do {
                variant = try subject.variant(batch: batch, folder: folder)
            } catch let obstacle as BatchRewrite.Obstacle {
                findings.fixedBatches.append((subject.file.name, batch, obstacle.reason))
                context.progress.report(
                    .noted("\(subject.file.name) is left out at batch \(batch): \(obstacle.reason)"))
                continue
            }
            findings.variants.append(variant)
            await run(variant, spec, into: &findings)
        }
        if spec.parts.contains(.activations), subject.isRandom, !Task.isCancelled {
            let pass = ActivationPass(spec: spec, stack: findings.stacks[findings.reference], context: context)
            findings.activations.append(try await pass.run(subject, folder: folder))
        }
    }

    private func run(_ variant: BenchVariant, _ spec: BenchSpec, into findings: inout BenchFindings) async {
        let stacks = findings.stacks
        context.progress.report(.began("\(variant.file.name), batch \(variant.batch)"))
        if spec.parts.contains(.load) || spec.parts.contains(.agreement) {
            let isLoad = spec.parts.contains(.load) && variant.batch == spec.batches.first
            findings.fresh.append(
                await FreshPass(spec: spec, stacks: stacks, context: context).run(
                    variant, count: isLoad ? spec.loads : 1))
        }
        guard spec.parts.contains(.time) else { return }
        for threads in spec.threads where !Task.isCancelled {
            findings.cells.append(
                await TimePass(spec: spec, stacks: stacks, context: context).run(variant, threads: threads))
        }
    }
}

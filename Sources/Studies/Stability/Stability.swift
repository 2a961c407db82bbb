import Assets
import Engines
public import Records
public import Specs

/// The study behind `assay stability`: one model over engines, versions and settings; whether its outputs are the same to the
/// bit, how far they are apart where not, which labels flip, and at which node two cells part.
public struct Stability: Sendable {
    /// The name of the study in records.
    public static let name = "stability"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// Carries a spec out.
    ///
    /// A cancelled study gives what it has found so far, marked as partial.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks.
    public func run(_ spec: StabilitySpec, effective: SpecValue) async throws -> RecordArchive {
        if let violation = StabilitySpec.violation(spec) {
            throw StudyError(.input, subject: violation.key, reason: violation.reason, remedy: violation.remedy)
        }
        var record: RecordArchive?
        try await TemporaryFolder.with(Self.name) { folder in
            let findings = try await find(spec, folder: folder)
            record = try StabilityRecord(spec: spec, effective: effective, findings: findings, context: context).build()
        }
        guard let record else { throw StudyError(.input, subject: spec.model, reason: "nothing was found") }
        return record
    }

    private func find(_ spec: StabilitySpec, folder: String) async throws -> StabilityFindings {
        // What the user gave is checked before anything is installed or started.
        let known = try context.giving(spec.forms, to: spec.model, for: spec.stacks)
        let subject = try StabilitySubject(spec, known, folder: folder)
        let stacks = try spec.stacks.map { try context.stack($0) }.withDistinctTitles
        var findings = StabilityFindings(
            stacks: stacks, files: subject.files, names: subject.names, samples: subject.samples,
            labelling: subject.labelling)
        let configurations = try configurations(spec, subject, folder: folder, into: &findings)
        let pass = StabilityPass(
            spec: spec, samples: subject.samples, singles: subject.singles, labelling: subject.labelling,
            context: context, folder: try TemporaryFolder.inner("yardsticks", of: folder))
        try await pass.run(configurations, into: &findings)
        let nodes = FirstNodePass(spec: spec, context: context, folder: folder)
        await nodes.run(into: &findings)
        findings.pitfalls = Pitfall.all(in: findings, processors: context.machine.logicalCores)
        findings.isPartial = Task.isCancelled
        return findings
    }

    /// The cells that can be had; a batch that a file cannot have is told of once.
    private func configurations(
        _ spec: StabilitySpec, _ subject: StabilitySubject, folder: String, into findings: inout StabilityFindings
    ) throws -> [StabilityConfiguration] {
        var variants: [String: StabilityVariant] = [:]
        for model in subject.names.indices {
            for batch in spec.batches.uniqued() {
                do {
                    let variant = try subject.variant(model, batch: batch, folder: folder)
                    variants["\(model) \(batch)"] = variant
                    findings.variants.append(variant)
                } catch let obstacle as BatchRewrite.Obstacle {
                    let words = "\(subject.names[model]) cannot have batch \(batch): \(obstacle.reason)"
                    findings.obstacles.append(words)
                    context.progress.report(.noted(words))
                }
            }
        }
        guard !variants.isEmpty else {
            throw StudyError(
                .shape, subject: spec.model, reason: findings.obstacles.first ?? "it can have none of the batches",
                remedy: "ask for batch 1")
        }
        let settings = StabilitySetting.all(spec)
        let requests = settings.map { Place(stack: $0.stack, request: $0.request) }.uniqued()
        let prepared = try requests.map { try context.stack($0.request) }.withDistinctTitles
        let stacks = Dictionary(zip(requests, prepared), uniquingKeysWith: { first, _ in first })
        return settings.compactMap { setting in
            guard let stack = stacks[Place(stack: setting.stack, request: setting.request)],
                let variant = variants["\(setting.model) \(setting.batch)"]
            else { return nil }
            return StabilityConfiguration(
                setting: setting, stack: stack, variant: variant, model: subject.names[setting.model],
                namesBatch: spec.batches.uniqued().count > 1, namesModel: subject.names.count > 1)
        }
    }

    /// A stack of the spec under some options; two of the spec may ask for the same.
    private struct Place: Hashable {
        let stack: Int
        let request: StackRequest
    }
}

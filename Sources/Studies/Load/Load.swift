import Assets
import Engines
import Measurement
public import Records
public import Specs
import Tensors

/// The study behind `assay load`: a model under the load of a scenario, with the times that callers see beside those that
/// the engine takes, and an audit of the load generator.
public struct Load: Sendable {
    /// The name of the study in records.
    public static let name = "load"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// Carries a spec out.
    ///
    /// A cancelled study gives what it has found so far, marked as partial.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks.
    public func run(_ spec: LoadSpec, effective: SpecValue) async throws -> RecordArchive {
        if let violation = LoadSpec.violation(spec) {
            throw StudyError(.input, subject: violation.key, reason: violation.reason, remedy: violation.remedy)
        }
        let trace = try spec.trace.map { name in
            try ArrivalTrace.parse(String(decoding: try context.resources.read(name).array, as: UTF8.self), name: name)
        }
        let subject = try LoadSubject(spec, context.giving(spec.forms, to: spec.model, for: spec.stacks))
        let stacks = try spec.stacks.map { try context.stack($0) }.withDistinctTitles
        var findings = LoadFindings(stacks: stacks, model: subject.file)
        try await TemporaryFolder.with(Self.name) { folder in
            try subject.find(folder: folder, into: &findings)
            await LoadPass(spec: spec, trace: trace, context: context).run(into: &findings)
        }
        findings.isPartial = Task.isCancelled
        return try LoadRecord(spec: spec, effective: effective, findings: findings, context: context).build()
    }
}

import Assets
import Engines
import Foundation
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
        let subject = try LoadSubject(spec, context)
        let stacks = try spec.stacks.map { try context.stack($0) }.withDistinctTitles
        var findings = LoadFindings(stacks: stacks)
        try await inFolder { folder in
            findings.variants = try subject.variants(folder: folder, obstacles: &findings.obstacles)
            await LoadPass(spec: spec, trace: trace, context: context).run(into: &findings)
        }
        findings.isPartial = Task.isCancelled
        return try LoadRecord(spec: spec, effective: effective, findings: findings, context: context).build()
    }

    /// Gives `body` a folder that is gone afterwards.
    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/assay-load-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
}

/// The model of a study of load, at every batch that was asked for and that it can have.
struct LoadSubject {
    private let spec: LoadSpec
    private let context: StudyContext
    private let subject: BenchSubject

    init(_ spec: LoadSpec, _ context: StudyContext) throws {
        self.spec = spec
        self.context = context
        var bench = BenchSpec()
        bench.shapes = spec.shapes
        bench.seed = spec.seed
        bench.parts = []
        subject = try BenchSubject(BenchSuite.model(named: spec.model), spec: bench, context: context)
    }

    func variants(folder: String, obstacles: inout [(batch: Int, reason: String)]) throws -> [BenchVariant] {
        var variants: [BenchVariant] = []
        for batch in spec.batches {
            do {
                variants.append(try subject.variant(batch: batch, folder: folder))
            } catch let obstacle as BatchRewrite.Obstacle {
                obstacles.append((batch, obstacle.reason))
                context.progress.report(.noted("batch \(batch) is left out: \(obstacle.reason)"))
            }
        }
        guard !variants.isEmpty else {
            throw StudyError(
                .shape, subject: spec.model, reason: "it can have none of the batches: \(obstacles[0].reason)",
                remedy: "ask for batch 1")
        }
        return variants
    }
}

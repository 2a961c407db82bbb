import Foundation
import Graphs
public import Records
public import Specs

/// The study behind `assay selftest`: what the instrument shows of engines whose times are known.
///
/// A null engine shows what the timed loop takes, engines of known time its error, disturbed ones whether disturbances are
/// named, and an engine compared with itself how small a difference the instrument tells apart.
public struct SelfTest: Sendable {
    /// The name of the study in records.
    public static let name = "selftest"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// Carries the test out.
    ///
    /// A cancelled study gives what it has found so far, marked as partial.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks, and `WorkerError` where the calibration engine
    ///   itself fails.
    public func run(_ spec: SelfTestSpec, effective: SpecValue) async throws -> RecordArchive {
        let file = try SelfTestModel.write(seed: spec.seed)
        defer { try? FileManager.default.removeItem(atPath: file.path) }
        let bench = CalibrationBench(
            model: file, inputs: try SelfTestModel.inputs(seed: spec.seed), limits: spec.limits,
            launcher: context.launcher)
        var findings = SelfTestFindings()
        if spec.parts.contains(.overhead), !Task.isCancelled {
            context.progress.report(.began("what the timed loop takes"))
            findings.overhead = try await OverheadPass(bench: bench, spec: spec, progress: context.progress).run()
        }
        if spec.parts.contains(.truth), !Task.isCancelled {
            context.progress.report(.began("known times"))
            findings.truths = try await TruthPass(bench: bench, spec: spec, progress: context.progress).run()
        }
        if spec.parts.contains(.disturbances), !Task.isCancelled {
            context.progress.report(.began("injected disturbances"))
            findings.disturbances = try await DisturbancePass(bench: bench, spec: spec, context: context).run()
        }
        if spec.parts.contains(.resolution), !Task.isCancelled {
            findings.resolution = try await ResolutionPass(spec: spec, model: file, context: context).run()
        }
        return try SelfTestRecord(spec: spec, effective: effective, findings: findings, context: context).build()
    }
}

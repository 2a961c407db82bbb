import Specs
import Graphs
import Operators
public import Records

/// Gathers what the studies say of one model into its hallmark; each study that lands adds its line here.
public struct HallmarkStudy: Sendable {
    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// Runs the studies that need nothing but the model.
    ///
    /// - Parameter spec: an evaluation of one model.
    /// - Throws: what `Evaluate` throws.
    public func run(_ spec: EvaluateSpec) async throws -> (hallmark: Hallmark, archive: RecordArchive) {
        let archive = try await Evaluate(context).run(spec, effective: EvaluateSpec.spec.effective(spec))
        let record = archive.record
        let model = record.ingredients.first { $0.role == .model }
        let lines = Question.allCases.map { question in
            let verdicts = record.verdicts.filter { $0.question == question }
            return verdicts.isEmpty
                ? Hallmark.Line(question, notMeasured: Self.reason(question)) : Hallmark.Line(question, verdicts)
        }
        let summary = try summary(of: spec)
        let hallmark = Hallmark(
            model: model?.name ?? spec.title, digest: model?.digest, summary: summary, created: record.created,
            tool: record.tool, machine: record.machine, lines: lines)
        return (hallmark, archive)
    }

    private func summary(of spec: EvaluateSpec) throws -> String {
        guard let reference = spec.models.first?.model else { return "" }
        let resolved = try context.model(reference)
        let inspection = try Inspect(
            try Model(contentsOf: resolved.path), model: resolved, shapes: [:], listsNodes: false)
        return inspection.headline.split(separator: "\n").dropFirst().joined(separator: " · ")
    }

    /// Why a question has no verdict when only the model is given.
    private static func reason(_ question: Question) -> String {
        switch question {
        case .fast: "no stack ran the model"
        case .why: "the study of lower bounds has not been run"
        case .itself: "fewer than two stacks ran the model"
        case .right: "it takes labelled data: give a spec to assay evaluate"
        case .survives: "the study of faults has not been run"
        case .where: "the study of placement has not been run"
        case .cost: "no training has been measured"
        }
    }
}

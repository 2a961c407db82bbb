import Graphs
import Operators
public import Records
import Specs

/// Gathers what the studies say of one model into its hallmark; each study that lands adds its line here.
public struct HallmarkStudy: Sendable {
    private let context: StudyContext
    private let store: (any RecordStore)?

    /// Makes the study.
    ///
    /// - Parameter store: where records of the same model are looked for; none are used where `nil`.
    public init(_ context: StudyContext, store: (any RecordStore)? = nil) {
        self.context = context
        self.store = store
    }

    /// Runs the studies that need nothing but the model, and takes in what records of it say besides.
    ///
    /// - Parameter spec: an evaluation of one model.
    /// - Throws: what `Evaluate` throws, and `RecordError` where the store cannot be read.
    public func run(_ spec: EvaluateSpec) async throws -> (hallmark: Hallmark, archive: RecordArchive) {
        let archive = try await Evaluate(context).run(spec, effective: EvaluateSpec.spec.effective(spec))
        let record = archive.record
        let model = record.ingredients.first { $0.role == .model }
        let evidence = try await HallmarkEvidence(
            digest: model?.digest, reference: spec.models.first?.model ?? "", machine: record.machine, store: store)
        let fastest = record.verdicts.first { $0.question == .fast }?.metric?.labels[Label.stack]
        let lines = Question.allCases.map { question in
            let verdicts = record.verdicts.filter { $0.question == question }
            var line =
                verdicts.isEmpty
                ? Hallmark.Line(question, notMeasured: Self.reason(question)) : Hallmark.Line(question, verdicts)
            line.evidence =
                (question == .fast ? Self.certificate(record, on: fastest) : []) + evidence.found(question, on: fastest)
            line.absent = evidence.absent(question)
            return line
        }
        let summary = try summary(of: spec)
        let hallmark = Hallmark(
            model: model?.name ?? spec.title, digest: model?.digest, summary: summary, created: record.created,
            tool: record.tool, machine: record.machine, lines: lines)
        return (hallmark, archive)
    }

    /// What disturbed the runs of the stack that the line is about.
    private static func certificate(_ record: Record, on stack: String?) -> [Hallmark.Evidence] {
        guard let stack, let verdict = WatchedSeries.verdict(on: stack, in: record) else { return [] }
        return [Hallmark.Evidence(study: record.study, created: record.created, verdict)]
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
        case .why: "no trace of the model"
        case .itself: "fewer than two stacks ran the model"
        case .right: "it takes labelled data: give a spec to assay evaluate"
        case .survives: "the study of faults has not been run"
        case .where: "the study of placement has not been run"
        case .cost: "no training has been measured"
        }
    }
}

import Records

/// The kinds of records, by their studies: those that can be replayed, and for the others what can be done instead.
enum ReplayKinds {
    /// The studies whose records can be replayed.
    static let all: [any ReplayableStudy.Type] = [
        ReplayedEvaluation.self, ReplayedComparison.self, ReplayedLoad.self, ReplayedCost.self, ReplayedTrace.self,
        ReplayedStability.self,
    ]

    /// How a record of another study is made again.
    private static let commands = [
        Bench.name: "run `assay bench` on the same models",
        GateStudy.name: "run `assay gate FILE` again, or replay a record of `assay evaluate`",
        SelfTest.name: "run `assay selftest` again: it tests the machine that it runs on",
        Optimize.name: "run `assay optimize` on the same model",
        Conformance.name: "run `assay engines --conformance` again",
        OperatorSupport.name: "run `assay operators` again",
        Replay.name: "replay the record that it replayed; its first note names it",
    ]

    /// The study of a record.
    ///
    /// - Throws: `StudyError` of code `cannotReplay` with the command that does what can be done.
    static func kind(of record: Record) throws(StudyError) -> any ReplayableStudy.Type {
        guard let kind = all.first(where: { $0.name == record.study }) else {
            let names = all.map { "'assay \($0.name)'" }.joined(separator: ", ")
            throw StudyError(
                .cannotReplay, subject: "record \(record.id)",
                reason: "it is of the study '\(record.study)', which cannot be replayed",
                remedy: (commands[record.study].map { "\($0); " } ?? "") + "replays take records of \(names)")
        }
        if let refusal = kind.refusal(record.spec) {
            throw StudyError(
                .cannotReplay, subject: "record \(record.id)", reason: refusal.reason, remedy: refusal.remedy)
        }
        return kind
    }
}

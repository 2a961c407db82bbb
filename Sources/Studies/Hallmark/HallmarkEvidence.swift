import Records

/// What the newest records of one model say of it, by its hash, and what none of them says.
struct HallmarkEvidence: Sendable {
    /// Another study's part of the hallmark.
    private struct Part: Sendable {
        let study: String
        let question: Question
        /// What is missing without it, and the rest of the command that would tell, after the model.
        let what: String
        let command: @Sendable (_ model: String) -> String
        /// The verdicts of a record that belong on a card; empty where it has none.
        let chosen: @Sendable (Record) -> [Verdict]
    }

    private static let parts = [
        Part(
            study: Load.name, question: .fast, what: "the highest rate that holds a bound",
            command: { "assay load \($0) --scenario server --find-rate --bound 50ms" },
            chosen: { record in
                let rates = record.verdicts.filter { $0.metric?.name == "load.highest-rate" }
                return rates.isEmpty ? record.verdicts.filter { $0.metric?.name == "load.over-bound" } : rates
            }),
        Part(
            study: Compare.name, question: .fast, what: "a comparison",
            command: { "assay compare \($0) other.onnx" },
            chosen: { $0.verdicts.filter { $0.metric?.name.hasSuffix(".ratio") ?? false } }),
        Part(
            study: Cost.name, question: .fast, what: "the COST of threads",
            command: { "assay cost \($0) --threads 1,2" }, chosen: { $0.verdicts.filter { $0.question == .fast } }),
        Part(
            study: Trace.name, question: .why, what: "a trace", command: { "assay trace \($0)" },
            chosen: { $0.verdicts.filter { $0.question == .why } }),
        Part(
            study: Stability.name, question: .itself, what: "stability over versions and settings",
            command: { "assay stability \($0)" }, chosen: { $0.verdicts.filter { $0.question == .itself } }),
    ]

    /// The most that one record adds to a line.
    private static let most = 3
    /// How far back records are looked at.
    private static let reach = 50

    private let reference: String
    private var records: [String: Record] = [:]
    private let machine: Machine

    /// Looks for the newest complete record of each study that is about the model and has something for the card.
    ///
    /// - Parameters:
    ///   - digest: the model's bytes; a record of others is not about it, whatever its name.
    ///   - reference: the model as the user names it.
    ///   - machine: this machine; what was made on another one says so.
    /// - Throws: `RecordError` of code `storeFailed`.
    init(digest: Digest?, reference: String, machine: Machine, store: (any RecordStore)?) async throws {
        self.reference = reference
        self.machine = machine
        guard let digest, let store else { return }
        for part in Self.parts {
            for summary in try await store.list(RecordFilter(study: part.study, limit: Self.reach))
            where !summary.isPartial && !summary.models.isEmpty {
                let record = try await store.record(summary.id)
                let isOfModel = record.ingredients.contains { $0.role == .model && $0.digest == digest }
                guard isOfModel, !part.chosen(record).isEmpty else { continue }
                records[part.study] = record
                break
            }
        }
    }

    /// What records say of a question, of the fastest stack before others.
    func found(_ question: Question, on stack: String?) -> [Hallmark.Evidence] {
        Self.parts.filter { $0.question == question }.flatMap { part -> [Hallmark.Evidence] in
            guard let record = records[part.study] else { return [] }
            let chosen = part.chosen(record)
            let ordered = chosen.filter { $0.subject == stack } + chosen.filter { $0.subject != stack }
            return ordered.prefix(Self.most).map { verdict in
                var verdict = verdict
                verdict.record = verdict.record ?? record.id
                if record.models.contains(verdict.subject) { verdict.subject = "" }
                // A number that the sentence tells already is not told twice.
                if let number = verdict.metric?.quantity, verdict.statement.contains(number.words) {
                    verdict.metric = nil
                }
                return Hallmark.Evidence(
                    study: part.study, created: record.created, verdict, note: origin(of: record))
            }
        }
    }

    /// What no record says of a question.
    func absent(_ question: Question) -> [Hallmark.Absent] {
        Self.parts.filter { $0.question == question && records[$0.study] == nil }.map {
            Hallmark.Absent($0.what, command: $0.command(reference))
        }
    }

    private func origin(of record: Record) -> String {
        let other = record.machine
        let isHere = other.computing == machine.computing && other.logicalCores == machine.logicalCores
        return isHere ? "" : "on another machine: \(other.computing)"
    }
}

extension Quantity {
    /// Value and interval.
    fileprivate var words: String { unit.format(value, interval) }
}

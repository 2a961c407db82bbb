/// The seven questions about one model, each with its verdicts or why there are none.
public struct Hallmark: Sendable, Hashable, Codable {
    /// One question's line.
    public struct Line: Sendable, Hashable, Codable {
        /// The question.
        public var question: Question
        /// The verdicts, the one that the line shows first.
        public var verdicts: [Verdict]
        /// Why nothing was measured; empty when there are verdicts.
        public var notMeasured: String
        /// What earlier records of the same model say besides.
        public var evidence: [Evidence] = []
        /// What no record says, and which command would.
        public var absent: [Absent] = []

        /// Makes a line with verdicts.
        public init(_ question: Question, _ verdicts: [Verdict]) {
            self.question = question
            self.verdicts = verdicts
            notMeasured = verdicts.isEmpty ? "no study was run" : ""
        }

        /// Makes a line that says why nothing was measured.
        public init(_ question: Question, notMeasured reason: String) {
            self.question = question
            verdicts = []
            notMeasured = reason
        }

        /// Whether a piece of evidence is the last one of its record in this line: there the record is named.
        public func isLastOfItsRecord(_ index: Int) -> Bool {
            evidence.indices.contains(index)
                && (index + 1 == evidence.count || evidence[index + 1].verdict.record != evidence[index].verdict.record)
        }

        /// The worst of the verdicts, or of what earlier records say where there are none; `nil` when nothing was measured.
        public var state: Verdict.State? {
            verdicts.isEmpty ? evidence.map(\.verdict.state).worst : verdicts.map(\.state).worst
        }
    }

    /// The model's name.
    public var model: String
    /// The digest of the model's bytes.
    public var digest: Digest?
    /// What the model is: parameters, operators, size, in one line.
    public var summary: String
    /// When the hallmark was struck.
    public var created: Timestamp
    /// The version of Assay.
    public var tool: String
    /// The machine, where one was used.
    public var machine: Machine?
    /// One line a question, in the order of `Question.allCases`.
    public var lines: [Line]

    /// Makes a hallmark; questions without a line get one that says that no study was run.
    public init(
        model: String, digest: Digest? = nil, summary: String = "", created: Timestamp = .now, tool: String,
        machine: Machine? = nil, lines: [Line]
    ) {
        self.model = model
        self.digest = digest
        self.summary = summary
        self.created = created
        self.tool = tool
        self.machine = machine
        self.lines = Question.allCases.map { question in
            lines.first { $0.question == question } ?? Line(question, notMeasured: "no study was run")
        }
    }

    /// Gathers the verdicts of records into a hallmark; each verdict points at the record that it came from.
    public init(
        model: String, digest: Digest? = nil, summary: String = "", created: Timestamp = .now, records: [Record]
    ) {
        var byQuestion: [Question: [Verdict]] = [:]
        for record in records {
            for var verdict in record.verdicts {
                verdict.record = verdict.record ?? record.id
                byQuestion[verdict.question, default: []].append(verdict)
            }
        }
        self.init(
            model: model, digest: digest, summary: summary, created: created, tool: records.last?.tool ?? "",
            machine: records.last?.machine, lines: byQuestion.map { Line($0.key, $0.value) })
    }
}

extension Hallmark {
    /// The records that lines rest on, each once.
    public var records: [RecordID] {
        lines.flatMap { line in
            line.verdicts.compactMap(\.record) + line.evidence.compactMap(\.verdict.record)
        }.uniqued()
    }

    /// What the instrument resolves on the machine; `nil` where nothing was timed.
    public var instrumentSentence: String? {
        lines.contains { $0.question == .fast && $0.state != nil } ? machine?.instrumentSentence : nil
    }
}

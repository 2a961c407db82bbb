extension Hallmark {
    /// What a record says of a question, other than the one that was made for the hallmark.
    public struct Evidence: Sendable, Hashable, Codable {
        /// The study that made the record.
        public var study: String
        /// When it began.
        public var created: Timestamp
        /// What it says; its record is named.
        public var verdict: Verdict
        /// What the reader must know of it, such as that it was made on another machine; empty for nothing.
        public var note: String

        /// Makes a piece of evidence.
        public init(study: String, created: Timestamp, _ verdict: Verdict, note: String = "") {
            self.study = study
            self.created = created
            self.verdict = verdict
            self.note = note
        }

        /// The statement with its subject.
        public var statement: String {
            (verdict.subject.isEmpty ? "" : verdict.subject + ": ") + verdict.statement
        }

        /// The day on which it was made, and what must be known of it.
        public var origin: String { [created.day, note].filter { !$0.isEmpty }.joined(separator: ", ") }
    }
}

extension Hallmark {
    /// Something that no record says.
    public struct Absent: Sendable, Hashable, Codable {
        /// What it is: `the rate that holds a bound`.
        public var what: String
        /// The command that would tell.
        public var command: String

        /// Names it.
        public init(_ what: String, command: String) {
            self.what = what
            self.command = command
        }
    }
}

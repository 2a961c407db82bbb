/// How `assay` ends.
enum ExitStatus: Int32 {
    case done = 0
    /// A gate or a verdict failed.
    case failed = 1
    /// The user's input is wrong, usage included.
    case wrongInput = 2
    /// An engine or machine failed; the record was written all the same.
    case engineFailed = 3
    /// Interrupted; the partial record is kept.
    case interrupted = 130
}

import Records

/// Everything that a replay found.
struct ReplayFindings: Sendable {
    /// One variant that was run.
    struct Run: Sendable {
        /// The candidates that were as they are here.
        let here: [String]
        let observation: ReplayObservation
    }

    let scene: ReplayScene
    let asked: ReplaySpec
    /// The record of the run with everything as it is here.
    let here: RecordArchive
    /// How far that lies from the record.
    let observation: ReplayObservation
    /// How far two runs here lie from each other; `nil` where nothing called for a second one.
    var repetition: ReplayObservation?
    /// What explains each difference.
    var causes: [ReplayCause] = []
    /// What was run to find that.
    var runs: [Run] = []
    /// Times.
    var cells: [TimedCell] = []
    var isPartial = false
}

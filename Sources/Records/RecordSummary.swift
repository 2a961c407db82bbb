/// A record in a listing.
public struct RecordSummary: Sendable, Hashable, Codable {
    /// The name.
    public var id: RecordID
    /// The study.
    public var study: String
    /// The title.
    public var title: String
    /// When the study began.
    public var created: Timestamp
    /// The models that it is about.
    public var models: [String]
    /// The stacks that took part.
    public var stacks: [String]
    /// How many metrics it holds.
    public var metricCount: Int
    /// How many of its verdicts fail.
    public var failedVerdicts: Int
    /// Whether the study was interrupted.
    public var isPartial: Bool

    /// Makes a summary.
    public init(
        id: RecordID, study: String, title: String, created: Timestamp, models: [String], stacks: [String],
        metricCount: Int, failedVerdicts: Int, isPartial: Bool
    ) {
        self.id = id
        self.study = study
        self.title = title
        self.created = created
        self.models = models
        self.stacks = stacks
        self.metricCount = metricCount
        self.failedVerdicts = failedVerdicts
        self.isPartial = isPartial
    }

    /// Sums up a record.
    public init(_ record: Record) {
        self.init(
            id: record.id, study: record.study, title: record.title, created: record.created, models: record.models,
            stacks: record.stacks, metricCount: record.metrics.count,
            failedVerdicts: record.verdicts.count { $0.state == .fails }, isPartial: record.isPartial)
    }
}

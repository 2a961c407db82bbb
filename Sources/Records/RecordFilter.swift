/// Which records a listing should hold; members that are `nil` ask for nothing.
public struct RecordFilter: Sendable, Hashable {
    /// Only this study.
    public var study: String?
    /// Only records about this model.
    public var model: String?
    /// Only records in which this stack took part; a prefix such as `onnxruntime` is enough.
    public var stack: String?
    /// Only records created at or after this moment.
    public var since: Timestamp?
    /// Only records whose name, title, study, models or stacks contain this text, whatever its case.
    public var text: String?
    /// At most so many, the newest first.
    public var limit: Int?

    /// Makes a filter.
    public init(
        study: String? = nil, model: String? = nil, stack: String? = nil, since: Timestamp? = nil, text: String? = nil,
        limit: Int? = nil
    ) {
        self.study = study
        self.model = model
        self.stack = stack
        self.since = since
        self.text = text
        self.limit = limit
    }

    /// Whether a record passes, the limit aside.
    public func admits(_ summary: RecordSummary) -> Bool {
        if let study, summary.study != study { return false }
        if let model, !summary.models.contains(model) { return false }
        if let stack, !summary.stacks.contains(where: { $0.hasPrefix(stack) }) { return false }
        if let since, summary.created < since { return false }
        guard let text, !text.isEmpty else { return true }
        let all = [summary.id.rawValue, summary.title, summary.study] + summary.models + summary.stacks
        return all.contains { $0.lowercased().contains(text.lowercased()) }
    }
}

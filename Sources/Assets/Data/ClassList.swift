/// Classes of a data set: their names, or how many there are; checks labels against them.
struct ClassList {
    let names: [String]
    let count: Int?

    /// Makes the label that a text stands for.
    ///
    /// - Throws: `AssetError` of code `invalidLabel` when it is no class.
    func label(_ text: String, of subject: String) throws(AssetError) -> DataLabel {
        if let index = names.firstIndex(of: text) { return .index(index) }
        guard let index = Int(text) else {
            guard names.isEmpty, count == nil else {
                throw invalid(subject, "the label '\(text)' is none of the \(names.count) classes")
            }
            return .text(text)
        }
        let limit = count ?? (names.isEmpty ? nil : names.count)
        guard index >= 0, limit.map({ index < $0 }) ?? true else {
            throw invalid(
                subject, "the label \(index) is not one of the \(limit ?? 0) classes 0 to \((limit ?? 1) - 1)")
        }
        return .index(index)
    }

    private func invalid(_ subject: String, _ reason: String) -> AssetError {
        AssetError(
            .invalidLabel, subject: subject, reason: reason, remedy: "mend the label, or the classes in the spec")
    }
}

/// What would turn an answer that cannot be told into one.
enum FurtherEvidence {
    case processes(Int)
    case samples(Int)
    case queries(Int)

    /// In words: `needs about 12 more processes`.
    var words: String {
        let (count, one, many) =
            switch self {
            case .processes(let count): (count, "process", "processes")
            case .samples(let count): (count, "sample", "samples")
            case .queries(let count): (count, "query", "queries")
            }
        return "needs about \(count) more \(count == 1 ? one : many)"
    }
}

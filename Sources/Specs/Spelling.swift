/// Finds the word that was meant.
public enum Spelling {
    /// The candidate nearest to a word, when one is near enough to be a slip; ties go to the first.
    ///
    /// Letters, their case, `-` and `_` may differ; a third of the letters at most, by restricted Damerau-Levenshtein
    /// distance (insert, delete, change, swap two neighbours).
    public static func nearest(to word: String, among candidates: [String]) -> String? {
        let wanted = normal(word)
        let measured = candidates.map { (candidate: $0, distance: distance(wanted, normal($0))) }
        guard let best = measured.min(by: { $0.distance < $1.distance }) else { return nil }
        let limit = max(1, min(wanted.count, best.candidate.count) / 3)
        if best.distance <= limit { return best.candidate }
        return candidates.first { normal($0).starts(with: wanted) && wanted.count >= 3 }
    }

    /// The hint for a message: `did you mean 'x'?`; empty when no candidate is near.
    public static func hint(_ word: String, among candidates: [String]) -> String {
        nearest(to: word, among: candidates).map { "did you mean '\($0)'?" } ?? ""
    }

    private static func normal(_ word: String) -> [Character] {
        // A word of a few dozen letters at most is compared; the rest could not be near anything.
        Array(word.prefix(64).lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " })
    }

    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                let same = left[i] == right[j]
                var best = min(rows[i][j] + (same ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}

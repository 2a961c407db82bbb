/// The name that was probably meant.
package enum Suggestion {
    /// `did you mean 'x'?`, or nothing when no name is near.
    package static func sentence(for name: String, among candidates: Set<String>) -> String {
        let limit = max(1, name.count / 3)
        let near = candidates.map { (distance($0, name, limit: limit), $0) }.filter { $0.0 <= limit }.min { $0 < $1 }
        return near.map { "did you mean '\($0.1)'?" } ?? ""
    }

    /// Insertions, deletions and replacements between two names (Levenshtein 1966), as far as they matter.
    private static func distance(_ left: String, _ right: String, limit: Int) -> Int {
        let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        guard abs(a.count - b.count) <= limit else { return limit + 1 }
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let cost = min(diagonal + (x == y ? 0 : 1), row[j] + 1, row[j + 1] + 1)
                diagonal = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[b.count]
    }
}

/// Finds names that were probably meant.
enum NameDistance {
    /// Up to three names within a third of the length in edits, or that contain the text; nearest first.
    static func nearest(to text: String, among names: Set<String>) -> [String] {
        let wanted = Array(text.lowercased().utf8)
        guard !wanted.isEmpty else { return [] }
        let scored = names.compactMap { name -> (name: String, distance: Int)? in
            let distance = edits(wanted, Array(name.utf8))
            if distance <= max(1, wanted.count / 3) { return (name, distance) }
            return name.contains(text.lowercased()) ? (name, wanted.count) : nil
        }
        return scored.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    /// Insertions, deletions and replacements that turn one into the other (Levenshtein 1966).
    private static func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}

/// A pattern of file names with one part that is the label: `imagenet_*_{label}.jpg`.
struct NamePattern: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case literal(String)
        case anything
        case label
    }

    let text: String
    private let parts: [Part]

    /// Reads a pattern; `nil` unless it holds `{label}` exactly once.
    init?(_ text: String) {
        let pieces = text.split(separator: "{label}", omittingEmptySubsequences: false)
        guard pieces.count == 2 else { return nil }
        var parts: [Part] = []
        for (index, piece) in pieces.enumerated() {
            if index == 1 { parts.append(.label) }
            for (position, literal) in piece.split(separator: "*", omittingEmptySubsequences: false).enumerated() {
                if position > 0 { parts.append(.anything) }
                if !literal.isEmpty { parts.append(.literal(String(literal))) }
            }
        }
        self.text = text
        self.parts = parts
    }

    /// The label in a name, the leftmost wildcards taking as little as they can; `nil` when the name does not match.
    func label(in name: String) -> String? { Self.match(name[...], parts[...]) ?? nil }

    /// `nil`: no match; `.some(nil)`: a match that has passed no label.
    private static func match(_ name: Substring, _ parts: ArraySlice<Part>) -> String?? {
        guard let part = parts.first else { return name.isEmpty ? .some(nil) : nil }
        let rest = parts.dropFirst()
        if case .literal(let literal) = part {
            return name.hasPrefix(literal) ? match(name.dropFirst(literal.count), rest) : nil
        }
        var end = name.startIndex
        while true {
            let taken = name[..<end]
            let isUsable = part == .anything || !taken.isEmpty
            if isUsable, let found = match(name[end...], rest) {
                return part == .label ? .some(String(taken)) : found
            }
            guard end < name.endIndex else { return nil }
            end = name.index(after: end)
        }
    }
}

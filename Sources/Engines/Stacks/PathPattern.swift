/// A path in which `*` stands for any run of characters but `/`; a leading `*` also spans folders.
struct PathPattern {
    private let pattern: String

    init(_ pattern: String) { self.pattern = pattern }

    func matches(_ path: String) -> Bool {
        guard pattern.hasPrefix("*") else { return Self.matches(Substring(pattern), Substring(path)) }
        let rest = pattern.dropFirst()
        return path.indices.contains { Self.matches(rest, path[$0...]) }
    }

    private static func matches(_ pattern: Substring, _ path: Substring) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == "*" {
            let rest = pattern.dropFirst()
            var tail = path
            while true {
                if matches(rest, tail) { return true }
                guard let next = tail.first, next != "/" else { return false }
                tail = tail.dropFirst()
            }
        }
        return path.first == first && matches(pattern.dropFirst(), path.dropFirst())
    }
}

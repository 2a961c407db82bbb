/// A place in an effective spec: `models[0].preprocess[1].resize.filter`, `stacks[*].extra["session.intra_op"]`.
package struct SpecPath: Sendable, Hashable, CustomStringConvertible {
    /// One part of a path.
    package enum Part: Sendable, Hashable {
        /// A key of a map.
        case key(String)
        /// An element of a list.
        case index(Int)
        /// Every element of a list; only in what a user writes.
        case all
    }

    package var parts: [Part]

    package init(_ parts: [Part] = []) { self.parts = parts }

    /// Reads what a user writes; `nil` for an empty part, an index that is no number, or a bracket that is not closed.
    package init?(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let first = rest.first {
            if first == "[" {
                guard let part = Self.bracket(&rest) else { return nil }
                parts.append(part)
            } else {
                guard parts.isEmpty || first == "." else { return nil }
                if first == "." { rest = rest.dropFirst() }
                let key = rest.prefix { $0 != "." && $0 != "[" }
                guard !key.isEmpty else { return nil }
                parts.append(.key(String(key)))
                rest = rest.dropFirst(key.count)
            }
        }
        guard case .key? = parts.first else { return nil }
        self.parts = parts
    }

    /// Reads `[0]`, `[*]` or `["a key with dots"]`.
    private static func bracket(_ rest: inout Substring) -> Part? {
        if rest.hasPrefix("[\"") {
            let inner = rest.dropFirst(2)
            guard let end = inner.firstRange(of: "\"]"), end.lowerBound > inner.startIndex else { return nil }
            rest = inner[end.upperBound...]
            return .key(String(inner[..<end.lowerBound]))
        }
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let inner = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        if inner == "*" { return .all }
        return Int(inner).flatMap { $0 >= 0 ? .index($0) : nil }
    }

    func appending(_ part: Part) -> SpecPath { SpecPath(parts + [part]) }

    /// The keys alone: what the places of a list have in common.
    var keys: [String] {
        parts.compactMap { part in
            if case .key(let key) = part { key } else { nil }
        }
    }

    package var description: String {
        parts.enumerated().map { place, part in
            switch part {
            case .key(let key) where key.contains { ".[\"".contains($0) }: "[\"\(key)\"]"
            case .key(let key): (place == 0 ? "" : ".") + key
            case .index(let index): "[\(index)]"
            case .all: "[*]"
            }
        }.joined()
    }
}

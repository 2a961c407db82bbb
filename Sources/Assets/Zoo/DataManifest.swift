import Records
import Tensors

/// The list of a data set's files with their hashes, whose own hash names the set.
struct DataManifest {
    /// Paths and hashes, in the order of the paths.
    let files: [(path: String, sha256: Digest)]

    init(_ files: [(path: String, sha256: Digest)]) {
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The hash of the lines `HASH  PATH`, as `sha256sum` writes them.
    var hash: Digest {
        let text = files.map { "\($0.sha256.hex)  \($0.path)\n" }.joined()
        return SHA256.hash(Bytes(copying: text.utf8))
    }

    /// True when a name fits a pattern in which `*` stands for any run of characters.
    static func matches(_ name: String, pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == pattern }
        guard name.hasPrefix(first), name.hasSuffix(last), name.utf8.count >= first.utf8.count + last.utf8.count else {
            return false
        }
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}

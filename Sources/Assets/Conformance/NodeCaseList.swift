public import Records

/// The node cases of the onnx package by name, with what they hash to: one case a line.
public struct NodeCaseList: Sendable, Hashable {
    /// One case, with the SHA-256 of its three files.
    public struct Entry: Sendable, Hashable {
        /// The name, as `test_abs`.
        public var name: String
        /// The model.
        public var model: Digest
        /// What is fed.
        public var inputs: Digest
        /// What must come out.
        public var outputs: Digest
    }

    /// The cases, in the order of their names.
    public var entries: [Entry]

    /// Reads the text of a list.
    ///
    /// - Throws: `AssetError` of code `malformed` that names the line.
    public init(_ text: String, subject: String) throws(AssetError) {
        entries = []
        for (index, line) in text.split(separator: "\n").enumerated() {
            let words = line.split(separator: " ").map(String.init)
            let hashes = words.dropFirst().compactMap { Digest(hex: $0) }
            guard words.count == 4, hashes.count == 3, !words[0].contains("/"), !words[0].hasPrefix(".") else {
                throw AssetError(
                    .malformed, subject: "\(subject), line \(index + 1)",
                    reason: "it is not the name of a case and three hashes")
            }
            entries.append(Entry(name: words[0], model: hashes[0], inputs: hashes[1], outputs: hashes[2]))
        }
    }
}

public import Records
public import Tensors

extension Digest {
    /// A pinned hash, written as a literal in this package.
    package static func pinned(_ hex: StaticString) -> Digest {
        guard let digest = Digest(hex: "\(hex)") else { preconditionFailure("\(hex) is not a SHA-256") }
        return digest
    }
}

extension SHA256 {
    /// The digest of bytes in memory or in a mapped file.
    public static func hash(_ bytes: Bytes) -> Digest {
        bytes.withSpan { span in
            var hash = SHA256()
            hash.update(span)
            return hash.digest
        }
    }
}

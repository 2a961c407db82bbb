package import Records
import Tensors

extension Sequence where Element == NamedTensor {
    /// SHA-256 over names, types, shapes and elements, bit for bit.
    package var digest: Digest {
        var hash = SHA256()
        for value in self {
            hash.update("\(value.name.utf8.count):\(value.name)\(value.tensor.typeText)")
            hash.update(value.tensor.digest.hex)
        }
        return hash.digest
    }
}

extension Tensor {
    /// Element type and shape: `f32[1x1000]`.
    package var typeText: String { "\(elementType.name)[\(shape)]" }

    /// SHA-256 over the elements; of strings, each counts with its length before it.
    package var digest: Digest {
        switch storage {
        case .bytes(let bytes): return SHA256.hash(bytes)
        case .strings(let strings):
            var hash = SHA256()
            for string in strings { hash.update("\(string.utf8.count):\(string)") }
            return hash.digest
        }
    }
}

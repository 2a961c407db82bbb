import Records
import Tensors

/// The hash of a data set: names, labels and contents, each preceded by its length, in the order of the samples.
struct DataDigest {
    private var hash = SHA256()

    mutating func add(_ text: String) { add(Array(text.utf8)) }

    mutating func add(_ label: DataLabel?) {
        switch label {
        case .index(let index): add("index \(index)")
        case .text(let text): add("text " + text)
        case nil: add("")
        }
    }

    mutating func add(_ bytes: Bytes) {
        add(length: bytes.count)
        bytes.withSpan { hash.update($0) }
    }

    private mutating func add(_ bytes: [UInt8]) {
        add(length: bytes.count)
        hash.update(bytes)
    }

    private mutating func add(length: Int) {
        let prefix = (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
        hash.update(prefix)
    }

    consuming func finalize() -> Digest { hash.digest }
}

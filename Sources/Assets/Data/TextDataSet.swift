import Records
import Tensors

/// A data set of texts that are held in memory.
struct TextDataSet: DataSet {
    /// A text and its label.
    struct Entry: Sendable {
        let name: String
        let text: SampleText
        let label: DataLabel?
    }

    let entries: [Entry]
    let classNames: [String]

    var count: Int { entries.count }
    var kind: SampleKind { .text }

    func name(of index: Int) -> String { entries.indices.contains(index) ? entries[index].name : "sample \(index)" }

    func item(at index: Int) throws(AssetError) -> DataItem {
        try check(index)
        return DataItem(name: entries[index].name, sample: .text(entries[index].text), label: entries[index].label)
    }

    func contentHash() throws(AssetError) -> Digest {
        var digest = DataDigest()
        for entry in entries {
            digest.add(entry.text.first)
            digest.add(entry.text.second ?? "")
            digest.add(entry.label)
        }
        return digest.finalize()
    }
}

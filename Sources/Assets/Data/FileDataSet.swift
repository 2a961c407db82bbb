import Records
/// A data set of files in a folder.
struct FileDataSet: DataSet {
    /// A file and its label.
    struct Entry: Sendable {
        let path: String
        let label: DataLabel?
    }

    let folder: String
    let entries: [Entry]
    let classNames: [String]

    var count: Int { entries.count }
    var kind: SampleKind { .file }

    func name(of index: Int) -> String { entries.indices.contains(index) ? entries[index].path : "sample \(index)" }

    func item(at index: Int) throws(AssetError) -> DataItem {
        try check(index)
        let entry = entries[index]
        let bytes = try DataPath.read(DataPath.resolve(entry.path, relativeTo: folder))
        return DataItem(name: entry.path, sample: .file(SampleFile(name: entry.path, bytes: bytes)), label: entry.label)
    }

    func contentHash() throws(AssetError) -> Digest {
        var digest = DataDigest()
        for entry in entries {
            digest.add(entry.path)
            digest.add(entry.label)
            digest.add(try DataPath.read(DataPath.resolve(entry.path, relativeTo: folder)))
        }
        return digest.finalize()
    }
}

public import Specs

/// All files of a folder, without labels: sounds, texts, photos.
public struct FileList: DataSource {
    /// The folder.
    public var path: String
    /// The endings of the files that count; empty for all.
    public var extensions: [String]

    /// Makes the source.
    public init(path: String, extensions: [String] = []) {
        self.path = path
        self.extensions = extensions
    }

    /// The parameters.
    public static let spec = SpecObject(
        "files", "All files below a folder, sorted, without labels.", initial: FileList(path: ""),
        [
            .required("path", \.path, .string, "The folder."),
            SpecField(
                "extensions", \.extensions, .list(of: .string), "The endings of the files that count; empty for all."),
        ])

    /// Lists the files.
    public func open(relativeTo folder: String) throws(AssetError) -> any DataSet {
        let root = DataPath.resolve(path, relativeTo: folder)
        let entries = try DataPath.files(below: root, extensions: extensions).map {
            FileDataSet.Entry(path: $0, label: nil)
        }
        guard !entries.isEmpty else {
            throw DataPath.empty(root, "there is no such file below it", remedy: "check the path and the endings")
        }
        return FileDataSet(folder: root, entries: entries, classNames: [])
    }
}

public import Specs

/// Files in one folder a class.
public struct FolderPerClass: DataSource {
    /// The folder that holds the folders.
    public var path: String
    /// The names of the folders in the order of the classes; empty for all of them, sorted.
    public var classes: [String]
    /// The endings of the files that count.
    public var extensions: [String]

    /// Makes the source.
    public init(path: String, classes: [String] = [], extensions: [String] = ["jpg", "jpeg", "png"]) {
        self.path = path
        self.classes = classes
        self.extensions = extensions
    }

    /// The parameters.
    public static let spec = SpecObject(
        "folder", "Files in one folder a class; the class is the number of the folder.",
        initial: FolderPerClass(path: ""),
        [
            .required("path", \.path, .string, "The folder that holds the folders."),
            SpecField(
                "classes", \.classes, .list(of: .literal),
                "The folders in the order of the classes; empty for all of them, sorted by their bytes."),
            SpecField("extensions", \.extensions, .list(of: .string), "The endings of the files that count."),
        ])

    /// Lists the files.
    public func open(relativeTo folder: String) throws(AssetError) -> any DataSet {
        let root = DataPath.resolve(path, relativeTo: folder)
        let files = try DataPath.files(below: root, extensions: extensions).filter { $0.contains("/") }
        let found = Set(files.map { String($0.prefix { $0 != "/" }) })
        let names = classes.isEmpty ? found.sorted() : classes
        if let unknown = found.subtracting(names).min() {
            throw AssetError(
                .invalidLabel, subject: root + "/" + unknown, reason: "the folder is none of the stated classes",
                remedy: "add it to 'classes', or move it away")
        }
        let numbers = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let entries = files.map { file in
            FileDataSet.Entry(path: file, label: numbers[String(file.prefix { $0 != "/" })].map { .index($0) })
        }
        guard !entries.isEmpty else {
            throw DataPath.empty(
                root, "no folder in it holds a file ending in \(extensions.joined(separator: ", "))",
                remedy: "put the files of each class into a folder of its own")
        }
        return FileDataSet(folder: root, entries: entries, classNames: names)
    }
}

public import Specs

/// Files whose names state their labels.
public struct LabelledNames: DataSource {
    /// The folder.
    public var path: String
    /// The pattern of the names below the folder; `*` is anything, `{label}` the label.
    public var pattern: String
    /// The names of the classes by their numbers; labels may be these names or the numbers.
    public var classes: [String]
    /// How many classes there are; labels are checked against it.
    public var classCount: Int?

    /// Makes the source.
    public init(path: String, pattern: String, classes: [String] = [], classCount: Int? = nil) {
        self.path = path
        self.pattern = pattern
        self.classes = classes
        self.classCount = classCount
    }

    /// The parameters.
    public static let spec = SpecObject(
        "labelledNames", "Files whose names state their labels; names that do not match the pattern are left out.",
        initial: LabelledNames(path: "", pattern: ""),
        [
            .required("path", \.path, .string, "The folder."),
            .required(
                "pattern", \.pattern,
                SpecType.string.checked { NamePattern($0) == nil ? "a pattern holds {label} exactly once" : nil },
                "The pattern of paths below the folder: * is anything, {label} the label."),
            SpecField("classes", \.classes, .list(of: .literal), "The names of the classes by their numbers."),
            SpecField(
                "classCount", \.classCount, .optional(.int(1...)),
                "How many classes there are; a label beyond them is an error."),
        ])

    /// Lists the files that match.
    public func open(relativeTo folder: String) throws(AssetError) -> any DataSet {
        let root = DataPath.resolve(path, relativeTo: folder)
        guard let names = NamePattern(pattern) else {
            throw AssetError(
                .invalidParameter, subject: "data '\(Self.name)'", reason: "'\(pattern)' does not hold {label} once")
        }
        let list = ClassList(names: classes, count: classCount)
        var entries: [FileDataSet.Entry] = []
        for file in try DataPath.files(below: root, extensions: []) {
            guard let text = names.label(in: file) else { continue }
            entries.append(FileDataSet.Entry(path: file, label: try list.label(text, of: file)))
        }
        guard !entries.isEmpty else {
            throw DataPath.empty(
                root, "no file below it matches '\(pattern)'", remedy: "check the pattern against the names")
        }
        return FileDataSet(folder: root, entries: entries, classNames: classes)
    }
}

public import Specs
import Tensors

/// Gray pictures and labels in IDX files, as MNIST and Fashion-MNIST come.
public struct IDXFiles: DataSource {
    /// The file of pictures; gzip is decompressed.
    public var images: String
    /// The file of labels; gzip is decompressed.
    public var labels: String?
    /// The names of the classes by their numbers.
    public var classes: [String]
    /// How many classes there are.
    public var classCount: Int?

    /// Makes the source.
    public init(images: String, labels: String? = nil, classes: [String] = [], classCount: Int? = nil) {
        self.images = images
        self.labels = labels
        self.classes = classes
        self.classCount = classCount
    }

    /// The parameters.
    public static let spec = SpecObject(
        "idx", "Gray pictures and labels in IDX files, as MNIST comes; gzip is decompressed.",
        initial: IDXFiles(images: ""),
        [
            .required("images", \.images, .string, "The file of pictures: bytes [n, rows, columns]."),
            SpecField("labels", \.labels, .optional(.string), "The file of labels: bytes [n]."),
            SpecField("classes", \.classes, .list(of: .literal), "The names of the classes by their numbers."),
            SpecField("classCount", \.classCount, .optional(.int(1...)), "How many classes there are."),
        ])

    /// Reads both files.
    public func open(relativeTo folder: String) throws(AssetError) -> any DataSet {
        let file = DataPath.resolve(images, relativeTo: folder)
        let pictures = try IDXArray(DataPath.readDecompressed(file), subject: file)
        guard pictures.shape.count == 3 else {
            throw AssetError(
                .malformed, subject: file,
                reason: "it holds an array of \(pictures.shape.count) axes, and pictures have 3",
                remedy: "check that it is the file of pictures")
        }
        guard pictures.bytes.count > 0 else {
            throw DataPath.empty(file, "it holds no picture", remedy: "give a file with pictures")
        }
        let answers = try labels.map { path throws(AssetError) in
            try labels(DataPath.resolve(path, relativeTo: folder), count: pictures.shape[0])
        }
        return IDXDataSet(name: file, pictures: pictures, labels: answers, classNames: classes)
    }

    private func labels(_ file: String, count: Int) throws(AssetError) -> [Int] {
        let array = try IDXArray(DataPath.readDecompressed(file), subject: file)
        guard array.shape == [count] else {
            throw AssetError(
                .invalidLabel, subject: file, reason: "it holds \(array.shape) labels for \(count) pictures",
                remedy: "give the labels that belong to the pictures")
        }
        let labels = array.bytes.array.map { Int($0) }
        let limit = classCount ?? (classes.isEmpty ? 256 : classes.count)
        if let wrong = labels.firstIndex(where: { $0 >= limit }) {
            throw AssetError(
                .invalidLabel, subject: "\(file), picture \(wrong)",
                reason: "the label \(labels[wrong]) is not one of the \(limit) classes",
                remedy: "mend the label, or the classes in the spec")
        }
        return labels
    }
}

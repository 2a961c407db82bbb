public import Specs
import Tensors

/// Arrays of numpy: an archive (.npz) of several, or a file (.npy) of one, whose first axis counts the samples.
public struct NumpyArrays: DataSource {
    /// One input of the model and the array that holds its samples.
    public struct Input: Sendable, Hashable {
        /// The input's name; empty for a model's only input.
        public var input: String
        /// The array's name in the archive.
        public var array: String

        /// Makes an input.
        public init(input: String, array: String) {
            self.input = input
            self.array = array
        }
    }

    /// The archive, or the file of one array.
    public var path: String
    /// The arrays by inputs; in a spec, `inputs: {x: images}`.
    public var inputs: [Input]
    /// The array of labels, in the archive or as a file of its own ending in `.npy`.
    public var labels: String?
    /// The names of the classes by their numbers.
    public var classes: [String]
    /// How many classes there are.
    public var classCount: Int?

    /// Makes the source.
    public init(
        path: String, inputs: [Input] = [], labels: String? = nil, classes: [String] = [], classCount: Int? = nil
    ) {
        self.path = path
        self.inputs = inputs
        self.labels = labels
        self.classes = classes
        self.classCount = classCount
    }

    private static let pairs = SpecType<[SpecNamed<String>]>.map(of: .literal).mapped(
        to: { $0.map { Input(input: $0.name, array: $0.value) } },
        from: { $0.map { SpecNamed($0.input, $0.array) } })

    /// The parameters.
    public static let spec = SpecObject(
        "numpy", "Arrays of numpy (.npz or .npy) whose first axis counts the samples; they are inputs as they are.",
        initial: NumpyArrays(path: ""),
        [
            .required("path", \.path, .string, "The archive, or the file of one array."),
            SpecField(
                "inputs", \.inputs, pairs,
                "The arrays by the model's inputs; empty where the file holds one array for the only input."),
            SpecField(
                "labels", \.labels, .optional(.string), "The array of labels, or a file of its own ending in .npy."),
            SpecField("classes", \.classes, .list(of: .literal), "The names of the classes by their numbers."),
            SpecField("classCount", \.classCount, .optional(.int(1...)), "How many classes there are."),
        ])

    /// Reads the arrays.
    public func open(relativeTo folder: String) throws(AssetError) -> any DataSet {
        let file = DataPath.resolve(path, relativeTo: folder)
        let arrays = try NumpyArchive(DataPath.read(file), subject: file)
        var columns: [NamedTensor] = []
        if inputs.isEmpty {
            columns.append(NamedTensor(name: "", tensor: try arrays.only(besides: labels)))
        }
        for input in inputs {
            columns.append(NamedTensor(name: input.input, tensor: try arrays.array(input.array)))
        }
        var answers: Tensor?
        if let labels {
            answers =
                labels.hasSuffix(".npy")
                ? try NumpyFile.read(
                    DataPath.read(DataPath.resolve(labels, relativeTo: folder)), subject: labels)
                : try arrays.array(labels)
        }
        return try TensorDataSet(
            subject: file, columns: columns, labels: answers, classes: ClassList(names: classes, count: classCount))
    }
}

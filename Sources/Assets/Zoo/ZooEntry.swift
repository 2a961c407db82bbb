public import Records
/// One model that Assay can fetch: what it is, where it comes from, under which terms, and the hash of its file.
public struct ZooEntry: Sendable, Hashable {
    /// What a model is for.
    public enum Task: String, Sendable, Hashable, Codable, CaseIterable {
        case imageClassification = "image-classification"
        case pageOrientation = "page-orientation"
        case fileType = "file-type"
        case speechDetection = "speech-detection"
        case textDetection = "text-detection"
        case textRecognition = "text-recognition"
        case textOrientation = "text-orientation"
        case sentenceEmbedding = "sentence-embedding"
        case faceDetection = "face-detection"
        case wordSegmentation = "word-segmentation"
    }

    /// What the weights are good for.
    public enum Weights: String, Sendable, Hashable, Codable {
        /// Learnt from data: speed and accuracy.
        case trained
        /// Drawn at random from a fixed seed: for speed only.
        case random
        /// All one number: for reading and writing only, since engines fold constants.
        case constant
    }

    /// The name, unique together with the version.
    public let name: String
    /// The semantic version.
    public let version: String
    /// One line.
    public let summary: String
    /// What it is for.
    public let task: Task
    /// What its weights are good for.
    public let weights: Weights
    /// How its file comes about.
    public let recipe: ModelRecipe
    /// The hash of its file.
    public let sha256: Digest
    /// The operator set of the standard domain.
    public let opset: Int
    /// The inputs, as `name: type[extents]`.
    public let inputs: [String]
    /// The outputs, as `name: type[extents]`.
    public let outputs: [String]
    /// The terms.
    public let license: LicenseStatement
    /// Who made it, and where.
    public let origin: String
    /// What to know before using it: pre-processing, limits.
    public let notes: String
    /// The files that belong to it.
    public let sideAssets: [SideAsset]

    /// Describes a model.
    public init(
        name: String, version: String, summary: String, task: Task, weights: Weights = .trained, recipe: ModelRecipe,
        sha256: Digest, opset: Int, inputs: [String], outputs: [String], license: LicenseStatement,
        origin: String, notes: String = "", sideAssets: [SideAsset] = []
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.task = task
        self.weights = weights
        self.recipe = recipe
        self.sha256 = sha256
        self.opset = opset
        self.inputs = inputs
        self.outputs = outputs
        self.license = license
        self.origin = origin
        self.notes = notes
        self.sideAssets = sideAssets
    }

    /// The name by which one version is asked for: `magika@1.0.3`.
    public var title: String { "\(name)@\(version)" }

    /// The name of the file: `magika-1.0.3.onnx`.
    public var filename: String { "\(name)-\(version).onnx" }
}

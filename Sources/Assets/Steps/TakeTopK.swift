public import Specs
import Tensors

/// The classes with the greatest scores.
public struct TakeTopK: OutputStep {
    /// How many classes.
    public var count: Int
    /// A file of class names, one a line; none where the data set or the model names them.
    public var labels: String?

    /// Makes the step.
    public init(count: Int, labels: String? = nil) {
        self.count = count
        self.labels = labels
    }

    /// The parameters.
    public static let spec = SpecObject(
        "topK", "The classes with the greatest scores, greatest first; equal ones in the order of their numbers.",
        initial: TakeTopK(count: 5),
        [
            .required("count", \.count, .int(1...100_000), "How many classes."),
            SpecField("labels", \.labels, .optional(.string), "A file of class names, one a line."),
        ])

    /// `topK: 5`, or the map.
    public static var type: SpecType<TakeTopK> { spec.type.orShort(.int(1...100_000)) { TakeTopK(count: $0) } }

    /// Reads the class names.
    public func prepare(_ resources: StepResources) throws(AssetError) -> any OutputTransform {
        guard let labels else { return Prepared(step: self, names: []) }
        let text = String(decoding: try resources.read(labels).array, as: UTF8.self)
        var names = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
        if names.last == "" { names.removeLast() }
        return Prepared(step: self, names: names)
    }

    /// The step with its class names.
    private struct Prepared: OutputTransform {
        let step: TakeTopK
        let names: [String]

        func apply(_ value: OutputValue, inputs: [NamedTensor]) throws(AssetError) -> OutputValue {
            let (values, shape) = try step.values(of: value)
            guard shape.filter({ $0 != 1 }).count <= 1, !values.isEmpty else {
                throw AssetError(
                    .unexpectedOutput, subject: "step 'topK'",
                    reason: "an output of \(Shape(shape)) is no list of scores",
                    remedy: "state the output that holds one score a class")
            }
            return .prediction(.classes(TopK.select(values, count: step.count, labels: names)))
        }
    }
}

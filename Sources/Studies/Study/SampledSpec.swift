public import Assets
public import Engines
public import Specs

/// A part of a spec that says how a model is fed with the items of data.
public protocol FedSpec: Sendable {
    /// The same model in formats of engines' own, which load them in place of the ONNX file.
    var forms: [ModelForm] { get set }
    /// The steps from an item of the data to the inputs.
    var preprocess: Pipeline { get set }
    /// Inputs that are the same for every item: filled with one number in the shape that the model declares.
    var constants: [SpecNamed<Double>] { get set }
    /// How items become a batch.
    var joining: Batch.Joining { get set }
}

extension FedSpec {
    /// Its keys.
    static var feedingFields: [SpecField<Self>] {
        [
            SpecField(
                "forms", \.forms, .list(of: ModelForm.type),
                "The same model in formats of engines' own, which load them in place of the ONNX file."),
            SpecField("preprocess", \.preprocess, Pipeline.type, "The steps from an item of the data to the inputs."),
            SpecField(
                "constants", \.constants, .map(of: .double),
                "Inputs filled with one number, in the shape that the model declares."),
            SpecField("joining", \.joining, .enumeration, "How items become a batch: a new axis in front, or none."),
        ]
    }
}

/// A spec whose model runs samples: of data, or of seeded random numbers.
public protocol SampledSpec: FedSpec {
    /// A name of the zoo, or the path of an ONNX file.
    var model: String { get set }
    /// Shapes of inputs whose extents the model leaves open; the first extent is the batch.
    var shapes: [SpecNamed<[Int]>] { get set }
    /// Where the samples come from; seeded random numbers where `nil`.
    var data: DataSpec? { get set }
}

extension SampledSpec {
    /// Its keys.
    static var sampleFields: [SpecField<Self>] {
        [
            .shapes(\.shapes),
            SpecField(
                "data", \.data, .optional(DataSpec.type),
                "The data that samples come from; seeded random numbers where there is none."),
        ] + feedingFields
    }

    /// The rule between its keys that it breaks.
    var sampleViolation: SpecViolation? {
        guard data != nil, !shapes.isEmpty else { return nil }
        return SpecViolation(
            key: "shapes", "the data say what shapes inputs have", remedy: "leave 'shapes' or 'data' out")
    }
}

extension SpecField {
    /// The key of whole shapes of inputs.
    static func shapes(_ path: any WritableKeyPath<Root, [SpecNamed<[Int]>]> & Sendable) -> SpecField {
        SpecField("shapes", path, .map(of: .list(of: .int(0...))), "Whole shapes of inputs that the model leaves open.")
    }
}

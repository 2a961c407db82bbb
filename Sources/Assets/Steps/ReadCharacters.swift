public import Specs
import Tensors

/// Reads a line of text out of the scores of a recognition model (CTC, greedy).
public struct ReadCharacters: OutputStep {
    /// A file of the characters, one a line.
    public var characters: String

    /// Makes the step.
    public init(characters: String) { self.characters = characters }

    /// The parameters.
    public static let spec = SpecObject(
        "ctc",
        "Reads a text out of scores of [steps, classes]: class 0 is blank, then come the characters, and a space last, "
            + "as in PaddleOCR's models.",
        initial: ReadCharacters(characters: ""),
        [
            .required(
                "characters", \.characters, .string,
                "The characters, one a line: a file, or 'model:character' for the model's own metadata.")
        ])

    /// Reads the characters.
    public func prepare(_ resources: StepResources) throws(AssetError) -> any OutputTransform {
        let text = String(decoding: try resources.read(characters).array, as: UTF8.self)
        return Prepared(step: self, decoder: CTCDecoder(paddleCharacters: text))
    }

    /// The step with its characters.
    private struct Prepared: OutputTransform {
        let step: ReadCharacters
        let decoder: CTCDecoder

        func apply(_ value: OutputValue, inputs: [NamedTensor]) throws(AssetError) -> OutputValue {
            let (values, shape) = try step.values(of: value)
            guard let classes = shape.last, classes > 0 else {
                throw AssetError(.unexpectedOutput, subject: "step 'ctc'", reason: "the output is a scalar")
            }
            return .prediction(.text(try decoder.decode(values, steps: values.count / classes)))
        }
    }
}

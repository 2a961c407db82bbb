public import Specs
import Tensors

/// Reads a file as UTF-8 text.
public struct ReadText: Step, SampleTransform {
    /// The most bytes that are read.
    public var maxBytes: Int

    /// Makes the step.
    public init(maxBytes: Int = 1_048_576) { self.maxBytes = maxBytes }

    /// The parameters.
    public static let spec = SpecObject(
        "text", "Reads a file as UTF-8 text.", initial: ReadText(),
        [SpecField("maxBytes", \.maxBytes, .int(1...), "Larger files are refused.")])

    /// A text, of a file.
    public func outputKind(of kind: SampleKind) throws(AssetError) -> SampleKind {
        guard kind == .file else { throw mismatch(kind, needs: "a file") }
        return .text
    }

    /// Reads one file.
    public func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample {
        guard case .file(let file) = sample else { throw mismatch(sample.kind, needs: "a file") }
        guard file.bytes.count <= maxBytes else {
            throw AssetError(
                .limitExceeded, subject: subject, reason: "it has \(file.bytes.count) bytes, more than \(maxBytes)")
        }
        guard let text = String(validating: file.bytes.array, as: UTF8.self) else {
            throw AssetError(.unusableSample, subject: subject, reason: "it is not UTF-8")
        }
        return .text(SampleText(text))
    }
}

import ImageCodecs
import Tensors

extension AssetError.Code {
    /// A step is given a kind of sample that it cannot process.
    public static let stepMismatch = Self(rawValue: "asset.step-mismatch")
    /// A parameter of a step has a value that no sample can be processed with.
    public static let invalidParameter = Self(rawValue: "asset.invalid-parameter")
    /// A sample cannot be processed: an unreadable photo, a text too long.
    public static let unusableSample = Self(rawValue: "asset.unusable-sample")
    /// A data set has no sample.
    public static let emptyDataSet = Self(rawValue: "asset.empty-data-set")
    /// A label is missing, no number, or beyond the classes.
    public static let invalidLabel = Self(rawValue: "asset.invalid-label")
    /// Samples of one batch differ in type or shape.
    public static let raggedBatch = Self(rawValue: "asset.ragged-batch")
    /// Outputs of a model are not of the shape or type that post-processing needs.
    public static let unexpectedOutput = Self(rawValue: "asset.unexpected-output")
}

extension AssetError {
    /// An error of the picture codecs, under the name of the sample.
    static func picture(_ error: ImageError, subject: String) -> AssetError {
        AssetError(
            error.code == .libraryUnavailable ? .missingTool : .unusableSample, subject: subject,
            reason: error.subject == subject ? error.reason : error.subject + ": " + error.reason,
            remedy: error.remedy)
    }

    /// An error of a tensor that was made of a sample.
    static func tensor(_ error: TensorError, subject: String) -> AssetError {
        AssetError(.unusableSample, subject: subject, reason: error.description)
    }
}

/// Runs what may throw an error of the picture codecs, and gives it the name of the sample.
func picture<Result>(
    _ subject: String, _ body: () throws(ImageError) -> Result
) throws(AssetError) -> Result {
    do throws(ImageError) { return try body() } catch { throw .picture(error, subject: subject) }
}

/// Runs what may throw an error of a tensor, and gives it the name of the sample.
func tensor<Result>(_ subject: String, _ body: () throws(TensorError) -> Result) throws(AssetError) -> Result {
    do throws(TensorError) { return try body() } catch { throw .tensor(error, subject: subject) }
}

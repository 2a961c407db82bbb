/// A step made ready: it holds what it read from files, and is called for every sample, from several threads.
public protocol SampleTransform: Sendable {
    /// Processes one sample.
    ///
    /// - Parameter subject: what messages call the sample.
    /// - Throws: `AssetError` when the sample cannot be processed.
    func apply(_ sample: Sample, subject: String) throws(AssetError) -> Sample
}

public import Records
/// Samples that can be fetched by number, in any order and from several threads.
public protocol DataSet: Sendable {
    /// The number of samples, at least 1.
    var count: Int { get }
    /// What every sample is.
    var kind: SampleKind { get }
    /// The names of the classes by their numbers; empty where there are none or they have no names.
    var classNames: [String] { get }

    /// What messages call a sample; needs no reading.
    func name(of index: Int) -> String

    /// Fetches a sample.
    ///
    /// - Throws: `AssetError` that names the sample and why it cannot be read.
    func item(at index: Int) throws(AssetError) -> DataItem

    /// SHA-256 over names, labels and contents: the same for the same data wherever they lie.
    func contentHash() throws(AssetError) -> Digest
}

extension DataSet {
    /// Refuses a number that is none of a sample.
    func check(_ index: Int) throws(AssetError) {
        guard index >= 0, index < count else {
            throw AssetError(.notFound, subject: "sample \(index)", reason: "the data set has \(count) samples")
        }
    }
}

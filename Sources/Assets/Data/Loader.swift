/// Reads and pre-processes samples ahead of their consumer, in order, on several threads and no further than a bound.
///
/// Loading never stands in a timed region: a consumer takes a sample that is ready, times its model, and takes the next.
public struct Loader: Sendable {
    /// What becomes of a sample that cannot be read or processed.
    public enum Policy: String, Sendable, Hashable, CaseIterable {
        /// The run ends with the error of that sample, when its turn comes.
        case fail
        /// It is delivered with its error, and counts as unanswered.
        case unanswered
    }

    /// The samples.
    public let data: any DataSet
    /// What is done to each.
    public let pipeline: PreparedPipeline
    /// The samples that are loaded, in this order.
    public let indices: [Int]
    /// The most samples that are loaded at once.
    public let threads: Int
    /// The most samples that are loaded, or being loaded, ahead of the consumer.
    public let prefetch: Int
    /// What becomes of a sample that cannot be loaded.
    public let policy: Policy

    /// Makes a loader.
    ///
    /// - Parameter indices: the samples and their order; `nil` for all.
    public init(
        data: any DataSet, pipeline: PreparedPipeline, indices: [Int]? = nil, threads: Int = 2, prefetch: Int = 8,
        policy: Policy = .fail
    ) {
        self.data = data
        self.pipeline = pipeline
        self.indices = indices ?? Array(0..<data.count)
        self.threads = max(1, threads)
        self.prefetch = max(1, prefetch)
        self.policy = policy
    }

    /// Starts a run; nothing is loaded before its first `next`.
    public func start() -> LoaderRun { LoaderRun(self) }

    /// Loads one sample here and now.
    public func load(_ index: Int) -> LoadedSample {
        let clock = ContinuousClock()
        let start = clock.now
        var steps = [Duration](repeating: .zero, count: pipeline.stepNames.count)
        var label: DataLabel?
        var read = Duration.zero
        let result: Result<[NamedTensor], AssetError>
        do throws(AssetError) {
            let item = try data.item(at: index)
            read = clock.now - start
            label = item.label
            result = .success(try pipeline.timed(item.sample, subject: item.name, into: &steps))
        } catch {
            if read == .zero { read = clock.now - start }
            result = .failure(error)
        }
        return LoadedSample(
            index: index, name: data.name(of: index), label: label, inputs: result, reading: read, steps: steps)
    }
}

/// One pass of a loader over its samples; one consumer.
public final class LoaderRun {
    private let queue: LoaderQueue
    private let policy: Loader.Policy
    private let clock = ContinuousClock()
    private var handedOver: ContinuousClock.Instant?
    /// Where the time went so far.
    public private(set) var times = LoaderTimes()

    init(_ loader: Loader) {
        queue = LoaderQueue(loader)
        policy = loader.policy
        times.steps = loader.pipeline.stepNames.map { LoaderStepTime(name: $0, time: .zero) }
    }

    deinit { queue.cancel() }

    /// The next sample, in the order of the loader's indices; `nil` after the last one and after a cancellation.
    ///
    /// - Throws: `AssetError` of a sample that cannot be loaded, when the policy is to fail; nothing follows it.
    public func nextSample() async throws(AssetError) -> LoadedSample? {
        let asked = clock.now
        if let handedOver { times.consuming += asked - handedOver }
        let delivery = await queue.take()
        handedOver = clock.now
        guard let delivery else { return nil }
        let sample = delivery.sample
        times.waiting += max(.zero, delivery.available - asked)
        times.delivered += 1
        times.reading += sample.reading
        for (index, time) in sample.steps.enumerated() { times.steps[index].time += time }
        if policy == .fail, case .failure(let error) = sample.inputs {
            queue.cancel()
            throw error
        }
        return sample
    }

    /// Stops loading; `nextSample` gives `nil` from now on.
    public func cancel() { queue.cancel() }
}

/// One pass of a loader over its samples; one consumer.
public final class LoaderRun {
    private let loader: Loader
    private let clock = ContinuousClock()
    private var position = 0
    private var started: [Task<LoadedSample?, Never>] = []
    private var next = 0
    private var handedOver: ContinuousClock.Instant?
    /// Where the time went so far.
    public private(set) var times = LoaderTimes()

    init(_ loader: Loader) {
        self.loader = loader
        times.steps = loader.pipeline.stepNames.map { LoaderStepTime(name: $0, time: .zero) }
    }

    deinit { cancel() }

    /// The next sample, in the order of the loader's indices; `nil` after the last one and after a cancellation.
    ///
    /// - Throws: `AssetError` of a sample that cannot be loaded, when the policy is to fail; nothing follows it.
    public func nextSample() async throws(AssetError) -> LoadedSample? {
        let asked = clock.now
        if let handedOver { times.consuming += asked - handedOver }
        defer { handedOver = clock.now }
        refill()
        guard position < next else { return nil }
        let task = started[position % loader.prefetch]
        let sample = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        times.waiting += clock.now - asked
        guard let sample, !Task.isCancelled else {
            cancel()
            return nil
        }
        position += 1
        count(sample)
        if loader.policy == .fail, case .failure(let error) = sample.inputs {
            cancel()
            throw error
        }
        // The place of the sample that is handed over is taken at once, so that it loads while the consumer works.
        refill()
        return sample
    }

    /// Stops loading; `nextSample` gives `nil` from now on.
    public func cancel() {
        for task in started { task.cancel() }
        next = position
        isCancelled = true
    }

    private var isCancelled = false

    /// Starts samples until as many are under way as may be.
    private func refill() {
        while !isCancelled, next < loader.indices.count, next - position < loader.prefetch {
            let (loader, index) = (self.loader, loader.indices[next])
            // Each sample waits for the one that many before it, so that no more than that many run at once.
            let before =
                next >= loader.threads && loader.threads <= loader.prefetch
                ? started[(next - loader.threads) % loader.prefetch] : nil
            let task = Task.detached(priority: .utility) { () -> LoadedSample? in
                _ = await before?.value
                return Task.isCancelled ? nil : loader.load(index)
            }
            let slot = next % loader.prefetch
            if slot < started.count { started[slot] = task } else { started.append(task) }
            next += 1
        }
    }

    private func count(_ sample: LoadedSample) {
        times.delivered += 1
        times.reading += sample.reading
        for (index, time) in sample.steps.enumerated() { times.steps[index].time += time }
    }
}

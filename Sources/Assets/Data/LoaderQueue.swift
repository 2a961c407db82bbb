import Foundation

/// The samples under way between a loader's threads and its consumer.
///
/// The threads are the loader's own: reading files blocks, and the threads of Swift's concurrency must not.
final class LoaderQueue: @unchecked Sendable {
    private let loader: Loader
    private let condition = NSCondition()
    // All below is touched under the condition's lock only.
    private var claimed = 0
    private var taken = 0
    private var ready: [Int: LoadedSample] = [:]
    private var waiter: CheckedContinuation<Delivery?, Never>?
    private var isStarted = false
    private var isCancelled = false

    /// A sample, and when it could be had: what comes after that is not the loader's doing.
    struct Delivery: Sendable {
        let sample: LoadedSample
        let available: ContinuousClock.Instant
    }

    init(_ loader: Loader) { self.loader = loader }

    /// The next sample in order; `nil` after the last one, and after `cancel`.
    func take() async -> Delivery? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { take(into: $0) }
        } onCancel: {
            cancel()
        }
    }

    /// Ends the threads after the samples they are at, and gives `nil` to who waits.
    func cancel() {
        condition.lock()
        isCancelled = true
        ready = [:]
        let waiting = waiter
        waiter = nil
        condition.broadcast()
        condition.unlock()
        waiting?.resume(returning: nil)
    }

    private func take(into continuation: CheckedContinuation<Delivery?, Never>) {
        condition.lock()
        startThreads()
        if isCancelled || taken >= loader.indices.count {
            condition.unlock()
            continuation.resume(returning: nil)
        } else if let sample = ready.removeValue(forKey: taken) {
            taken += 1
            condition.broadcast()
            condition.unlock()
            continuation.resume(returning: Delivery(sample: sample, available: .now))
        } else {
            waiter = continuation
            condition.unlock()
        }
    }

    private func startThreads() {
        guard !isStarted else { return }
        isStarted = true
        for _ in 0..<min(loader.threads, loader.prefetch, loader.indices.count) {
            let thread = Thread { [self] in
                while let position = claim() { deliver(loader.load(loader.indices[position]), at: position) }
            }
            thread.name = "assay loader"
            thread.start()
        }
    }

    /// The next sample to load; blocks while as many are ahead of the consumer as may be.
    private func claim() -> Int? {
        condition.lock()
        defer { condition.unlock() }
        while !isCancelled, claimed < loader.indices.count, claimed - taken >= loader.prefetch { condition.wait() }
        guard !isCancelled, claimed < loader.indices.count else { return nil }
        claimed += 1
        return claimed - 1
    }

    private func deliver(_ sample: LoadedSample, at position: Int) {
        condition.lock()
        guard !isCancelled else {
            condition.unlock()
            return
        }
        guard position == taken, let waiting = waiter else {
            ready[position] = sample
            condition.unlock()
            return
        }
        waiter = nil
        taken += 1
        condition.broadcast()
        condition.unlock()
        waiting.resume(returning: Delivery(sample: sample, available: .now))
    }
}

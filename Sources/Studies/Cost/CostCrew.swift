import Engines

/// The workers of one configuration, on all of its machines.
struct CostCrew: Sendable {
    /// A worker at its place.
    struct Post: Sendable {
        /// The worker.
        let seat: StackSeat
        /// Runs in one sample.
        let batch: Int
        /// The place of its machine among those of the study.
        let machine: Int
        /// Whether it reads the clock of this machine.
        let isHere: Bool
    }

    /// The workers.
    let posts: [Post]
    /// How long a worker may take to read its clock.
    let limit: Duration

    /// The workers alone.
    var seats: [StackSeat] { posts.map(\.seat) }

    /// Gives all workers work at the same time; the results are in their order, each with how far the clock of its machine
    /// was ahead meanwhile.
    ///
    /// The requests leave one after the other without waiting; how much later they arrive elsewhere shortens the time that
    /// the workers share, and is no part of it.
    ///
    /// - Throws: the error of the first worker that failed, once all are done.
    func together<Value: Sendable>(
        _ work: @escaping @Sendable (_ post: Post, _ number: Int) async throws(WorkerError) -> Value
    ) async throws(WorkerError) -> [(value: Value, clock: ClockOffset)] {
        let posts = posts
        let before = try await clocks()
        let values = try await seats.together { _, number async throws(WorkerError) in
            try await work(posts[number], number)
        }
        let after = try await clocks()
        return zip(posts, values).map { post, value in
            guard let first = before[post.machine], let last = after[post.machine] else {
                return (value: value, clock: .same)
            }
            return (value: value, clock: first.through(last))
        }
    }

    /// How far the clocks of other machines are ahead; none where all workers read one clock.
    private func clocks() async throws(WorkerError) -> [Int: ClockOffset] {
        var clocks: [Int: ClockOffset] = [:]
        guard let first = posts.first, posts.contains(where: { $0.machine != first.machine }) else { return clocks }
        for post in posts where !post.isHere && clocks[post.machine] == nil {
            clocks[post.machine] = try await ClockOffset.estimate(post.seat.client, limit: limit)
        }
        return clocks
    }
}

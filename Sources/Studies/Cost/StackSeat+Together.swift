import Engines

extension [StackSeat] {
    /// Gives all seats work at the same time; the results are in their order.
    ///
    /// - Throws: the error of the first seat that failed, once all are done.
    func together<Value: Sendable>(
        _ work: @escaping @Sendable (_ seat: StackSeat, _ number: Int) async throws(WorkerError) -> Value
    ) async throws(WorkerError) -> [Value] {
        let results = await withTaskGroup(of: (Int, Result<Value, WorkerError>).self) { group in
            for (number, seat) in enumerated() {
                group.addTask {
                    do throws(WorkerError) { return (number, .success(try await work(seat, number))) } catch {
                        return (number, .failure(error))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var values: [Value] = []
        for (_, result) in results.sorted(by: { $0.0 < $1.0 }) { values.append(try result.get()) }
        return values
    }

    /// Waits until pools that spin after their runs are asleep.
    func settle(_ time: Duration) async {
        if contains(where: { $0.loaded.effectiveOptions.spinning }) { try? await Task.sleep(for: time) }
    }
}

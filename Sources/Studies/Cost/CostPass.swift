import Assets
import Engines
import Foundation
import Measurement
import Records

/// Measures configurations by turns: the workers of one run at the same time, and only runs in the time that they share
/// count.
///
/// Workers of one engine and thread count are started once a process index and serve all configurations that need them.
struct CostPass: Sendable {
    let spec: CostSpec
    let stacks: [PreparedStack]
    let model: ResolvedModel
    let inputs: [NamedTensor]
    let context: StudyContext

    /// Workers that are alike.
    private struct Crew: Sendable {
        var seats: [StackSeat] = []
        /// Runs in one sample.
        var batch = 1
    }

    fileprivate struct Kind: Hashable {
        let stack: Int
        let threads: Int
    }

    /// After its turn a pool that spins goes on for some milliseconds; the next one must not pay for that.
    private static let settling = Duration.milliseconds(50)

    /// Measures; the result has one entry a configuration.
    ///
    /// A cancelled task ends after a whole round.
    func run(_ configurations: [CostConfiguration]) async -> [CostEntry] {
        var entries = configurations.map { CostEntry($0, system: stacks[$0.stack].title) }
        var turns = SeededTurns(seed: spec.seed)
        for process in 0..<spec.processes where !Task.isCancelled {
            await generation(&entries, &turns)
            context.progress.report(.advanced(done: process + 1, of: spec.processes))
        }
        return entries
    }

    private func generation(_ entries: inout [CostEntry], _ turns: inout SeededTurns) async {
        var crews: [Kind: Crew] = [:]
        let kinds = Set(entries.filter { $0.outcome == .completed }.map(\.kind))
        for kind in turns.next(kinds.sorted { ($0.stack, $0.threads) < ($1.stack, $1.threads) }) {
            crews[kind] = await crew(kind, &entries)
        }
        let taking = entries.indices.filter { entries[$0].outcome == .completed }
        for index in taking { entries[index].processes.append([]) }
        // A search takes many runs: one a process is its round.
        for _ in 0..<(spec.bound == nil ? spec.rounds : 1) where !Task.isCancelled {
            for index in turns.next(taking) where entries[index].outcome == .completed {
                guard let crew = crews[entries[index].kind] else { continue }
                do throws(WorkerError) {
                    let turn = try await turn(entries[index], crew)
                    entries[index].processes[entries[index].processes.count - 1].append(turn)
                } catch {
                    fail(error, [index], &entries)
                }
            }
        }
        let seats = crews.values.flatMap(\.seats)
        for seat in seats { seat.client.kill() }
        for seat in seats { await seat.client.waitUntilEnded() }
    }

    /// Starts as many workers as the largest configuration takes; those that cannot have theirs fail.
    private func crew(_ kind: Kind, _ entries: inout [CostEntry]) async -> Crew {
        var crew = Crew()
        var stack = stacks[kind.stack]
        stack.request.options.threads = kind.threads
        let takers = entries.indices.filter { entries[$0].kind == kind && entries[$0].outcome == .completed }
        let most = takers.map { entries[$0].configuration.workers }.max() ?? 0
        for number in 0..<most where !Task.isCancelled {
            do throws(WorkerError) {
                let seat = try await StackSeat.start(
                    stack, index: kind.stack, model: model, limits: spec.limits, launcher: context.launcher)
                crew.seats.append(seat)
                crew.batch = max(crew.batch, try await settle(seat))
            } catch {
                fail(error, takers.filter { entries[$0].configuration.workers > number }, &entries)
                break
            }
        }
        return crew
    }

    /// Runs a worker until it has settled; so many of its runs make a sample.
    private func settle(_ seat: StackSeat) async throws(WorkerError) -> Int {
        let request = MeasureJob.Request(
            model: seat.loaded.id, inputs: seat.ordered(inputs), warmup: spec.warmup, duration: spec.warmup / 10,
            maximumSamples: 100)
        let samples = try await seat.client.perform(
            MeasureJob.self, request, limit: spec.limits.run * 2 + spec.warmup * 4
        ).samples
        guard let median = Selection.median(of: samples) else { return 1 }
        return MeasureSpec.batch(forRunsOf: .nanoseconds(Int64(median)))
    }

    /// One turn: all workers of the configuration at once.
    private func turn(_ entry: CostEntry, _ crew: Crew) async throws(WorkerError) -> CostEntry.Turn? {
        let seats = Array(crew.seats.prefix(entry.configuration.workers))
        guard let bound = spec.bound else { return try await closedLoop(seats, batch: crew.batch) }
        return try await CostRateTurn(spec: spec, bound: bound, inputs: inputs, entry: entry, context: context)
            .run(seats, settling: Self.settling)
    }

    private func closedLoop(_ seats: [StackSeat], batch: Int) async throws(WorkerError) -> CostEntry.Turn? {
        let series = try await seats.together { seat, _ async throws(WorkerError) in
            let request = MeasureJob.Request(
                model: seat.loaded.id, inputs: seat.ordered(inputs), warmup: .zero, warmupRuns: 1,
                duration: spec.burst, minimumSamples: 1, batch: batch)
            let response = try await seat.client.perform(
                MeasureJob.self, request, limit: spec.limits.run + spec.burst * 8)
            return SharedWindow.Series(
                begin: response.begin, elapsed: response.elapsedNanoseconds, samples: response.samples,
                batch: request.batch)
        }
        await seats.settle(Self.settling)
        return SharedWindow(series).map { CostEntry.Turn(throughput: $0.throughput, runs: $0.runs) }
    }

    private func fail(_ error: WorkerError, _ indices: [Int], _ entries: inout [CostEntry]) {
        for index in indices {
            entries[index].outcome = Outcome.State(error)
            entries[index].log = error.log
            context.progress.report(
                .warned("\(entries[index].system), \(entries[index].configuration.words): \(error)"))
        }
    }
}

extension CostEntry {
    fileprivate var kind: CostPass.Kind {
        CostPass.Kind(stack: configuration.stack, threads: configuration.threads)
    }
}

import Assets
import Engines
import Foundation
import Measurement
import Records

/// Measures configurations by turns: the workers of one run at the same time, and only runs in the time that they share
/// count.
///
/// Workers of one engine, thread count and machine are started once a process index and serve all configurations that need
/// them.
struct CostPass: Sendable {
    let spec: CostSpec
    let stacks: [PreparedStack]
    let places: CostPlaces
    let model: ResolvedModel
    let inputs: [NamedTensor]
    let context: StudyContext

    /// Workers of one machine that are alike.
    private struct Team: Sendable {
        var seats: [StackSeat] = []
        /// Runs in one sample.
        var batch = 1
    }

    fileprivate struct Kind: Hashable {
        let stack: Int
        let threads: Int
        let machine: Int

        static func precedes(_ left: Kind, _ right: Kind) -> Bool {
            (left.stack, left.threads, left.machine) < (right.stack, right.threads, right.machine)
        }
    }

    /// After its turn a pool that spins goes on for some milliseconds; the next one must not pay for that.
    private static let settling = Duration.milliseconds(50)

    /// Measures; the result has one entry a configuration.
    ///
    /// A cancelled task ends after a whole round.
    func run(_ configurations: [CostConfiguration]) async -> [CostEntry] {
        var entries = configurations.map {
            CostEntry($0, system: stacks[$0.stack].title, namesMachines: spec.machines.count > 1)
        }
        var turns = SeededTurns(seed: spec.seed)
        for process in 0..<spec.processes where !Task.isCancelled {
            await generation(&entries, &turns)
            context.progress.report(.advanced(done: process + 1, of: spec.processes))
        }
        return entries
    }

    private func generation(_ entries: inout [CostEntry], _ turns: inout SeededTurns) async {
        var teams: [Kind: Team] = [:]
        let kinds = Set(entries.filter { $0.outcome == .completed }.flatMap(\.kinds))
        for kind in turns.next(kinds.sorted(by: Kind.precedes)) { teams[kind] = await team(kind, &entries) }
        let taking = entries.indices.filter { entries[$0].outcome == .completed }
        for index in taking { entries[index].processes.append([]) }
        // A search takes many runs: one a process is its round.
        for _ in 0..<(spec.bound == nil ? spec.rounds : 1) where !Task.isCancelled {
            for index in turns.next(taking) where entries[index].outcome == .completed {
                do throws(WorkerError) {
                    let turn = try await turn(entries[index], crew(of: entries[index], teams))
                    entries[index].processes[entries[index].processes.count - 1].append(turn)
                } catch {
                    fail(error, [index], &entries)
                }
            }
        }
        let seats = teams.values.flatMap(\.seats)
        for seat in seats { seat.client.kill() }
        for seat in seats { await seat.client.waitUntilEnded() }
    }

    /// Starts as many workers as the largest configuration takes; those that cannot have theirs fail.
    private func team(_ kind: Kind, _ entries: inout [CostEntry]) async -> Team {
        var team = Team()
        let takers = entries.indices.filter {
            entries[$0].outcome == .completed && entries[$0].kinds.contains(kind)
        }
        let most = takers.map { entries[$0].configuration.workers }.max() ?? 0
        for number in 0..<most where !Task.isCancelled {
            do throws(WorkerError) {
                var stack = try places.stack(kind.stack, machine: kind.machine)
                stack.request.options.threads = kind.threads
                let seat = try await StackSeat.start(
                    stack, index: kind.stack, model: model, limits: spec.limits, launcher: context.launcher)
                team.seats.append(seat)
                team.batch = max(team.batch, try await settle(seat))
            } catch {
                fail(error, takers.filter { entries[$0].configuration.workers > number }, &entries)
                break
            }
        }
        return team
    }

    /// Whether a machine of the study is the one that asks.
    private func isHere(_ machine: Int) -> Bool {
        !spec.machines.indices.contains(machine) || spec.machines[machine] == .here
    }

    /// The workers that a configuration takes, of each of its machines.
    private func crew(of entry: CostEntry, _ teams: [Kind: Team]) -> CostCrew {
        let posts = entry.kinds.flatMap { kind -> [CostCrew.Post] in
            guard let team = teams[kind] else { return [] }
            return team.seats.prefix(entry.configuration.workers).map {
                CostCrew.Post(seat: $0, batch: team.batch, machine: kind.machine, isHere: isHere(kind.machine))
            }
        }
        return CostCrew(posts: posts, limit: spec.limits.run)
    }

    /// Runs a worker until its run times have settled, for `warmup` at most; the result is how many of its runs make a sample.
    private func settle(_ seat: StackSeat) async throws(WorkerError) -> Int {
        let request = MeasureJob.Request(
            model: seat.loaded.id, inputs: seat.ordered(inputs), warmup: spec.warmup, duration: spec.warmup / 10,
            maximumSamples: 100, settles: true)
        let samples = try await seat.client.perform(
            MeasureJob.self, request, limit: spec.limits.run * 2 + spec.warmup * 4
        ).samples
        guard let median = Selection.median(of: samples) else { return 1 }
        return MeasureSpec.batch(forRunsOf: .nanoseconds(Int64(median)))
    }

    /// One turn: all workers of the configuration at once.
    private func turn(_ entry: CostEntry, _ crew: CostCrew) async throws(WorkerError) -> CostEntry.Turn? {
        guard let bound = spec.bound else { return try await closedLoop(crew) }
        return try await CostRateTurn(spec: spec, bound: bound, inputs: inputs, entry: entry, context: context)
            .run(crew, settling: Self.settling)
    }

    private func closedLoop(_ crew: CostCrew) async throws(WorkerError) -> CostEntry.Turn? {
        let told = try await crew.together { post, _ async throws(WorkerError) in
            let request = MeasureJob.Request(
                model: post.seat.loaded.id, inputs: post.seat.ordered(inputs), warmup: .zero, warmupRuns: 1,
                duration: spec.burst, minimumSamples: 1, batch: post.batch)
            return try await post.seat.client.perform(
                MeasureJob.self, request, limit: spec.limits.run + spec.burst * 8)
        }
        await crew.seats.settle(Self.settling)
        let series = zip(crew.posts, told).map { post, told in
            SharedWindow.Series(
                begin: told.value.begin, elapsed: told.value.elapsedNanoseconds, samples: told.value.samples,
                batch: post.batch, clock: told.clock)
        }
        let uncertainty = told.map(\.clock.uncertainty).max() ?? 0
        return SharedWindow(series).map {
            CostEntry.Turn(throughput: $0.throughput, runs: $0.runs, uncertainty: uncertainty)
        }
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
    /// The kinds of workers that it takes, one a machine.
    fileprivate var kinds: [CostPass.Kind] {
        (0..<configuration.machines).map {
            CostPass.Kind(stack: configuration.stack, threads: configuration.threads, machine: $0)
        }
    }
}

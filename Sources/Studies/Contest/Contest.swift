import Assets
package import Engines
import Measurement
import Records

/// Contenders side by side: each in fresh processes, all of one index alive together, in short bursts by turns.
///
/// Time is lost to what a process happens to have drawn, its layout in memory above all, and to what else the machine does.
/// Turns make the second hit all alike; only further processes tell of the first (Kalibera and Jones 2013, "Rigorous
/// benchmarking in reasonable time"). Nothing is started while something is timed.
package struct Contest: Sendable {
    private let plan: ContestPlan
    private let limits: LimitSpec
    private let launcher: Launcher
    private let progress: StudyProgress

    /// Makes a contest.
    package init(plan: ContestPlan, limits: LimitSpec, launcher: Launcher, progress: StudyProgress = .silent) {
        self.plan = plan
        self.limits = limits
        self.launcher = launcher
        self.progress = progress
    }

    /// Times the contenders; the result has one entry a contender.
    ///
    /// A contender whose process fails takes no further part; with fewer than two left, of two or more, the contest ends. A
    /// cancelled task ends it after a whole round.
    ///
    /// - Parameter isEnough: looks at what there is and says whether it will do; the plan's precision decides where `nil`.
    package func run(
        _ contenders: [Contender], until isEnough: (([ContestEntry]) -> Bool)? = nil
    ) async -> [ContestEntry] {
        var entries = contenders.map { ContestEntry(title: $0.title) }
        var turns = SeededTurns(seed: plan.seed)
        let begin = ContinuousClock.now
        var longest = Duration.zero
        var look = plan.rule?.minimum ?? plan.processes
        for count in 1...max(plan.mostProcesses, plan.processes, 1) where !Task.isCancelled {
            let start = ContinuousClock.now
            await generation(of: contenders, count: count, &turns, &entries)
            let running = entries.filter { $0.outcome == .completed }.count
            guard running >= min(2, contenders.count) else { break }
            longest = max(longest, start.duration(to: .now))
            if count >= look {
                guard !(isEnough?(entries) ?? isPrecise(entries)) else { break }
                look = plan.rule?.nextLook(after: count) ?? count + 1
            }
            progress.report(.advanced(done: count, of: min(look, plan.mostProcesses)))
            if let budget = plan.budget, begin.duration(to: .now) + longest > budget { break }
        }
        return entries
    }

    /// One fresh process of each contender that still takes part.
    private func generation(
        of contenders: [Contender], count: Int, _ turns: inout SeededTurns, _ entries: inout [ContestEntry]
    ) async {
        var runners: [(index: Int, runner: ContestRunner, peak: Int64)] = []
        let group = plan.isPinned ? turns.group() : nil
        let taking = entries.indices.filter { entries[$0].outcome == .completed }
        for index in turns.next(taking) where !Task.isCancelled {
            do throws(WorkerError) {
                let (runner, peak) = try await start(contenders[index], index: index, group: group)
                entries[index].identity = runner.seat.opened.identity
                entries[index].options = runner.seat.loaded.effectiveOptions
                runners.append((index, runner, peak))
            } catch {
                fail(error, &entries[index])
            }
        }
        let rounds = rounds(for: runners.map(\.runner))
        // The processor's clock leaves out what others do on the machine.
        let series = await ContestTurns(
            clock: plan.clock, burst: plan.burst, limit: limits.run, isWatched: plan.clock == .wall
        ).run(runners.map(\.runner), rounds: rounds, turns: &turns)
        for ((index, runner, peak), series) in zip(runners, series) {
            if let failure = series.failure {
                fail(failure, &entries[index])
            } else if !series.rounds.isEmpty {
                entries[index].processes.append(series.rounds)
                entries[index].readings.append(series.readings)
                entries[index].processors.append(runner.seat.client.processors)
                entries[index].route = series.route
                entries[index].warmups.append(runner.warmup)
                entries[index].loads.append(Int64(runner.seat.loaded.loadTime / .nanoseconds(1)))
                entries[index].peaks.append(peak)
            }
            runner.seat.client.kill()
        }
        // A process that is being torn down would disturb the next ones.
        for (_, runner, _) in runners { await runner.seat.client.waitUntilEnded() }
    }

    private func start(
        _ contender: Contender, index: Int, group: Int?
    ) async throws(WorkerError) -> (ContestRunner, peak: Int64) {
        var stack = contender.stack
        stack.title = contender.title
        let seat = try await StackSeat.start(
            stack, index: index, model: contender.model, limits: limits, launcher: launcher,
            placement: group.map { ProcessorPlacement(count: stack.request.options.threads, group: $0) })
        let runner = try await ContestRunner(
            seat, contender.inputs, warmup: plan.warmup,
            sample: plan.clock == .processor ? .microseconds(200) : .microseconds(20),
            addedWork: contender.addedWork, limit: limits.run)
        return (runner, Int64(try await seat.client.status().peakMemory))
    }

    /// Fewer rounds where a run takes so long that the least number of processes would not fit into the budget.
    private func rounds(for runners: [ContestRunner]) -> Int {
        guard let budget = plan.budget else { return plan.rounds }
        let round = runners.reduce(0) { $0 + $1.turn(plan.burst) }
        guard round > 0 else { return plan.rounds }
        let share = budget / .nanoseconds(1) / Double(max(plan.processes, 1)) / 2
        return min(max(Int(share / round), min(2, plan.rounds)), plan.rounds)
    }

    private func isPrecise(_ entries: [ContestEntry]) -> Bool {
        guard let rule = plan.rule, let first = entries.first else { return true }
        return entries.dropFirst().filter { $0.outcome == .completed }.allSatisfy { entry in
            rule.isEnough(ContestRatio(.median, entry, over: first)?.estimate)
        }
    }

    private func fail(_ error: WorkerError, _ entry: inout ContestEntry) {
        entry.outcome = Outcome.State(error)
        entry.log = error.log
        progress.report(.warned("\(entry.title): \(error)"))
    }
}

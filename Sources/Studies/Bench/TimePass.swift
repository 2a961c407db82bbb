import Assets
import Engines
import Measurement
import Records

/// Times one model at one batch and thread count on every engine: first each peer tries its configurations, then the
/// better ones and the engine under test take turns.
struct TimePass: Sendable {
    let spec: BenchSpec
    let stacks: [PreparedStack]
    let context: StudyContext

    private static let fewestRounds = 5
    private static let mostRounds = 40
    /// Rounds in which the configurations of one peer are compared.
    private static let trialRounds = 3

    /// Times a model.
    func run(_ variant: BenchVariant, threads: Int) async -> BenchCell {
        var cell = BenchCell(
            variant: variant, threads: threads, entries: stacks.map { BenchCell.Entry(title: $0.title) })
        var chosen: [ContestRunner] = []
        for (index, stack) in stacks.enumerated() where !Task.isCancelled {
            let configurations = BenchConfiguration.all(of: stack, engine: index, threads: threads)
            if let best = await best(of: configurations, variant, into: &cell) { chosen.append(best) }
        }
        let round = chosen.reduce(0) { $0 + $1.turn(spec.burst) }
        let wanted = round > 0 ? spec.duration / .nanoseconds(1) / round : 0
        let rounds = min(max(Int(wanted), Self.fewestRounds), Self.mostRounds)
        let series = await take(rounds, chosen, threads, spec.burst)
        for (runner, series) in zip(chosen, series) {
            cell.entries[runner.seat.index].rounds = series.rounds
            cell.entries[runner.seat.index].route = series.route
            cell.entries[runner.seat.index].warmup = runner.warmup
            if let failure = series.failure { fail(failure, runner.seat.index, &cell) }
            runner.seat.client.kill()
        }
        return cell
    }

    /// The processor time of one thread; what passes on the clock with several.
    static func clock(_ threads: Int) -> MeasureJob.Clock { threads == 1 ? .processor : .wall }

    private func take(
        _ rounds: Int, _ runners: [ContestRunner], _ threads: Int, _ burst: Duration
    ) async -> [ContestTurns.Series] {
        var turns = SeededTurns(seed: spec.seed)
        return await ContestTurns(clock: Self.clock(threads), burst: burst, limit: spec.limits.run).run(
            runners, rounds: rounds, turns: &turns)
    }

    /// The fastest configuration of one engine, its worker running; `nil` where none runs the model.
    private func best(
        of configurations: [BenchConfiguration], _ variant: BenchVariant, into cell: inout BenchCell
    ) async -> ContestRunner? {
        var tried: [(runner: ContestRunner, words: String)] = []
        for configuration in configurations {
            do throws(WorkerError) {
                let seat = try await StackSeat.start(
                    configuration.stack, index: configuration.engine, model: variant.file, limits: spec.limits,
                    launcher: context.launcher)
                let runner = try await ContestRunner(seat, variant.inputs, limit: spec.limits.run)
                tried.append((runner, configuration.words))
            } catch {
                fail(error, configuration.engine, &cell)
            }
        }
        guard let first = tried.first else { return nil }
        let engine = first.runner.seat.index
        cell.entries[engine].outcome = .completed
        guard tried.count > 1, let threads = configurations.first?.stack.request.options.threads else {
            cell.entries[engine].configuration = first.words
            return first.runner
        }
        let series = await take(Self.trialRounds, tried.map(\.runner), threads, spec.burst / 2)
        let medians = series.map { Selection.median(of: $0.rounds.flatMap(\.self)) }
        cell.entries[engine].tried = zip(tried, medians).compactMap { entry, median in
            median.map { (entry.words, $0) }
        }
        let order = tried.indices.sorted { (medians[$0] ?? .infinity) < (medians[$1] ?? .infinity) }
        for index in order.dropFirst() { tried[index].runner.seat.client.kill() }
        cell.entries[engine].configuration = tried[order[0]].words
        return tried[order[0]].runner
    }

    private func fail(_ error: WorkerError, _ engine: Int, _ cell: inout BenchCell) {
        cell.entries[engine].outcome = Outcome.State(error)
        cell.entries[engine].log = error.log
        context.progress.report(
            .warned("\(cell.variant.file.name), batch \(cell.variant.batch), on \(stacks[engine].title): \(error)"))
    }
}

import Assets
import Engines
import Measurement
import Records
import Tensors
import Timelines

/// Watches every level of every stack in turns, in fresh processes.
struct TraceRounds: Sendable {
    let spec: TraceSpec
    let opened: OpenedModel
    let data: ModelEvaluation.OpenedData?
    let stacks: [PreparedStack]
    let context: StudyContext

    /// The seats of one process of each stack, and which level of which stack takes a turn.
    private struct Turn: Sendable {
        let stack: Int
        let level: Timeline.Level
    }

    /// Runs all processes and rounds.
    ///
    /// - Throws: `AssetError` or `StudyError` when data or inputs are wrong; what an engine does is in the reports instead.
    func run() async throws -> [TracedStack] {
        var traced = stacks.map { TracedStack(title: $0.title, levels: spec.watched) }
        let inputs = try fed()
        var turns = SeededTurns(seed: spec.evaluation.seed)
        for process in 0..<spec.processes where !Task.isCancelled {
            context.progress.report(.began("\(opened.model.name), process \(process + 1) of \(spec.processes)"))
            var seats = await startAll(&traced)
            defer { for seat in seats.values { seat.client.kill() } }
            for round in 0..<spec.rounds where !Task.isCancelled {
                let due = traced.indices.flatMap { stack in
                    traced[stack].levels.filter { $0.unavailable == nil }.map { Turn(stack: stack, level: $0.level) }
                }
                for turn in turns.next(due) where !Task.isCancelled {
                    try await take(turn, process: process, round: round, inputs, &seats, &traced)
                }
                context.progress.report(
                    .advanced(done: process * spec.rounds + round + 1, of: spec.processes * spec.rounds))
            }
            for seat in seats.values { await seat.client.shutdown() }
        }
        return traced
    }

    /// What is fed to every run but those of the application's level: the first sample.
    private func fed() throws -> (@Sendable (LoadedModel) throws -> [String: Tensor]) {
        let pass = ApplicationPass(opened: opened, data: data)
        return { loaded in
            var sample = ApplicationSample(name: "")
            let tensors = try pass.inputs(0, loaded: loaded, &sample)
            return Dictionary(tensors.map { ($0.name, $0.tensor) }, uniquingKeysWith: { $1 })
        }
    }

    /// The workers of one process: for each stack one for each way of watching that its levels need.
    private func startAll(_ traced: inout [TracedStack]) async -> [TracedStack.Seat: TraceSeat] {
        var seats: [TracedStack.Seat: TraceSeat] = [:]
        for (index, stack) in stacks.enumerated() where traced[index].outcome == .completed {
            for watch in TraceSeat.Watch.allCases where traced[index].needs(watch) && !Task.isCancelled {
                do throws(WorkerError) {
                    let seat = try await TraceSeat.start(
                        stack, watch: watch, hasProfiler: traced[index].hasProfiler, model: opened.model,
                        limits: spec.evaluation.limits, launcher: context.launcher)
                    traced[index].identity = seat.opened.identity
                    traced[index].options = traced[index].options ?? seat.loaded.effectiveOptions
                    seats[TracedStack.Seat(stack: index, watch: watch)] = seat
                } catch {
                    lose(index, watch, error, &traced)
                }
            }
        }
        return seats
    }

    private func take(
        _ turn: Turn, process: Int, round: Int, _ fed: @Sendable (LoadedModel) throws -> [String: Tensor],
        _ seats: inout [TracedStack.Seat: TraceSeat], _ traced: inout [TracedStack]
    ) async throws {
        let place = TracedStack.Seat(stack: turn.stack, watch: turn.level.watch)
        guard var seat = seats[place],
            let level = traced[turn.stack].levels.firstIndex(where: { $0.level == turn.level })
        else { return }
        do {
            if turn.level == .application {
                let pass = ApplicationPass(opened: opened, data: data)
                var samples: [ApplicationSample] = []
                let first = (process * spec.rounds + round) * spec.samples
                // The first run of a session allocates; it is no sample of what comes after.
                if round == 0 { _ = try await pass.sample(first, on: &seat) }
                for number in first..<(first + spec.samples) {
                    samples.append(try await pass.sample(number, on: &seat))
                }
                traced[turn.stack].levels[level].add(samples, process: process)
            } else {
                let isFirst = round == 0 || seat.isProfiled
                let takesProfile = seat.isProfiled
                let inputs = try fed(seat.loaded)
                let response = try await seat.perform(inputs) { request in
                    configure(&request, for: turn.level, isFirst: isFirst, takesProfile: takesProfile)
                }
                traced[turn.stack].levels[level].add(response, process: process)
                if isFirst, turn.level.watch == .nothing { traced[turn.stack].warmups.append(response.warmup) }
                judge(&traced[turn.stack].levels[level])
            }
            seats[place] = seat
        } catch let error as WorkerError {
            seats[place] = nil
            if case .engine(let reason) = error.failure, reason.code == .invalidOption {
                await withoutProfiler(turn, reason, place, &seats, &traced)
            } else {
                lose(turn.stack, turn.level.watch, error, &traced)
            }
        }
    }

    private func configure(
        _ request: inout TraceJob.Request, for level: Timeline.Level, isFirst: Bool, takesProfile: Bool
    ) {
        let warmup = isFirst ? spec.warmup : spec.warmup / 10
        // Runs under a profiler are kept by it, so that warm-up is as short as it is told to be.
        request.settles = isFirst && level.watch == .nothing
        request.leastWarmupNanoseconds = warmup.wholeNanoseconds
        request.warmupNanoseconds =
            (request.settles ? warmup * WarmUpReport.mostTimesLeast : warmup).wholeNanoseconds
        request.warmupRuns = isFirst ? 2 : 1
        request.durationNanoseconds = spec.burst.wholeNanoseconds
        request.minimumRuns = max(spec.shown, 3)
        request.maximumRuns = max(spec.runs, request.minimumRuns)
        request.counters = level == .system ? [.system] : level == .hardware ? [.hardware] : []
        request.measuresEnergy = level == .hardware
        request.capturesOutput = level == .library
        request.takesProfile = takesProfile
    }

    /// A level that showed nothing of what it is for is not available, and its turns end.
    private func judge(_ level: inout LevelRuns) {
        switch level.level {
        case .layer where level.profiles.isEmpty:
            level.unavailable = "the engine's profiler told of no step"
        case .library where level.calls.isEmpty:
            level.unavailable =
                "the engine printed no call of oneDNN: its kernels are its own, or their verbose output is not built in"
        case .hardware where level.counters.allSatisfy({ $0.quantity == nil }) && level.energy.isEmpty:
            let reasons = Set(level.counters.compactMap(\.unavailable)).sorted()
            level.unavailable = reasons.first ?? "there are no counters"
        default: break
        }
    }

    /// An engine without a profiler has no layers to show, and its library is watched without them.
    private func withoutProfiler(
        _ turn: Turn, _ reason: EngineError, _ place: TracedStack.Seat,
        _ seats: inout [TracedStack.Seat: TraceSeat], _ traced: inout [TracedStack]
    ) async {
        traced[turn.stack].hasProfiler = false
        for index in traced[turn.stack].levels.indices where traced[turn.stack].levels[index].level == .layer {
            traced[turn.stack].levels[index].unavailable = reason.reason
        }
        guard turn.level == .library else { return }
        do throws(WorkerError) {
            seats[place] = try await TraceSeat.start(
                stacks[turn.stack], watch: .library, hasProfiler: false, model: opened.model,
                limits: spec.evaluation.limits, launcher: context.launcher)
        } catch {
            lose(turn.stack, .library, error, &traced)
        }
    }

    /// A worker that is gone takes its levels with it; without the level of the model there is nothing to compare with.
    private func lose(_ stack: Int, _ watch: TraceSeat.Watch, _ error: WorkerError, _ traced: inout [TracedStack]) {
        context.progress.report(.warned("\(opened.model.name) on \(traced[stack].title): \(error)"))
        for index in traced[stack].levels.indices where traced[stack].levels[index].level.watch == watch {
            traced[stack].levels[index].unavailable = "\(Outcome.State(error))"
        }
        if watch == .nothing {
            traced[stack].outcome = Outcome.State(error)
            traced[stack].log = error.log
        }
    }
}

import Assets
import Engines
import Measurement
import Records
import Tensors

/// Starts a worker for every engine at every batch, and lets all take their turn under each scenario.
struct LoadPass: Sendable {
    let spec: LoadSpec
    let trace: ArrivalSchedule?
    let context: StudyContext

    /// A worker at one batch.
    private struct Post {
        let seat: StackSeat
        let variant: LoadVariant
        /// The tensors of each run in the order in which this engine lists the inputs.
        let inputs: [[Tensor]]
    }

    /// Carries it out; a worker that fails is an outcome of its cell.
    func run(into findings: inout LoadFindings) async {
        var posts: [Post] = []
        defer { for post in posts { post.seat.client.kill() } }
        for (index, stack) in findings.stacks.enumerated() {
            for variant in findings.variants where !Task.isCancelled {
                do throws(WorkerError) {
                    let seat = try await StackSeat.start(
                        stack, index: index, model: variant.file, limits: spec.limits, launcher: context.launcher)
                    posts.append(Post(seat: seat, variant: variant, inputs: variant.inputs.map(seat.ordered)))
                } catch {
                    for scenario in spec.scenarios {
                        var cell = cell(scenario, stack.title, variant)
                        fail(&cell, error)
                        findings.cells.append(cell)
                    }
                }
            }
        }
        for scenario in spec.scenarios where !Task.isCancelled { await run(scenario, posts, into: &findings) }
    }

    private func run(_ scenario: LoadScenario, _ posts: [Post], into findings: inout LoadFindings) async {
        var cells = posts.map { cell(scenario, $0.seat.title, $0.variant) }
        if scenario == .server {
            for index in posts.indices where !Task.isCancelled {
                do throws(WorkerError) { try await setRate(&cells[index], posts[index]) } catch {
                    fail(&cells[index], error)
                }
            }
        }
        var turns = SeededTurns(seed: spec.seed)
        for round in 0..<spec.turns {
            for index in turns.next(Array(cells.indices)) where cells[index].outcome == .completed {
                guard !Task.isCancelled else { break }
                context.progress.report(
                    .began(
                        cells[index].words(withBatch: spec.batches.count > 1)
                            + (cells[index].offered.map { ", \(LoadUnit.rate.format($0))" } ?? "")
                            + (spec.turns > 1 ? ", round \(round + 1) of \(spec.turns)" : "")))
                do throws(WorkerError) { try await measure(&cells[index], posts[index], round: round) } catch {
                    fail(&cells[index], error)
                }
            }
            context.progress.report(.advanced(done: round + 1, of: spec.turns))
        }
        findings.cells += cells
    }

    private func cell(_ scenario: LoadScenario, _ title: String, _ variant: LoadVariant) -> LoadCell {
        LoadCell(
            scenario: scenario, title: title, batch: variant.batch,
            samples: spec.samples(scenario, batch: variant.batch),
            servers: scenario.isConcurrent ? spec.concurrency : 1, model: variant.file.name)
    }

    private func fail(_ cell: inout LoadCell, _ error: WorkerError) {
        // What the user interrupts is no failure of the engine.
        if case .cancelled = error.failure { return }
        cell.outcome = Outcome.State(error)
        cell.log = error.log
        context.progress.report(.warned("\(cell.words(withBatch: true)): \(error)"))
    }

    // MARK: One run

    private func measure(_ cell: inout LoadCell, _ post: Post, round: Int) async throws(WorkerError) {
        var request = request(cell, post)
        request.demand = demand(cell, seed: seed(round: round))
        cell.rounds.append(try await perform(request, post))
    }

    private func perform(
        _ request: ScenarioJob.Request, _ post: Post
    ) async throws(WorkerError) -> ScenarioJob.Response {
        let limit = spec.longest * 2 + spec.warmup * 2 + spec.limits.run * Double(2 + request.runsPerQuery)
        return try await post.seat.client.perform(ScenarioJob.self, request, limit: limit)
    }

    private func request(_ cell: LoadCell, _ post: Post) -> ScenarioJob.Request {
        var request = ScenarioJob.Request(
            model: post.seat.loaded.id, inputs: post.inputs, demand: .afterAnswer)
        request.servers = cell.servers
        request.runsPerQuery = (cell.samples + cell.batch - 1) / cell.batch
        request.warmupNanoseconds = spec.warmup.wholeNanoseconds
        request.leastNanoseconds = spec.duration.wholeNanoseconds / Int64(spec.turns)
        request.mostNanoseconds = spec.longest.wholeNanoseconds
        request.leastQueries = max(1, spec.leastQueries(cell.scenario) / spec.turns)
        request.boundNanoseconds = spec.bound?.wholeNanoseconds
        request.judged = spec.judged
        request.percentiles = spec.told
        request.latenessLimit = spec.lateness
        request.keptQueries = spec.kept
        return request
    }

    private func seed(round: Int) -> UInt64 { UInt64(truncatingIfNeeded: spec.seed &* 1_000_003 &+ round) }

    private func demand(_ cell: LoadCell, seed: UInt64) -> ScenarioJob.Demand {
        switch cell.scenario {
        case .singleStream, .multiStream, .closedLoop: .afterAnswer
        case .offline: .atOnce
        case .server: arrivals(at: cell.offered ?? 1, seed: seed)
        }
    }

    /// Arrivals at a mean rate; a trace is stretched to it.
    private func arrivals(at rate: Double, seed: UInt64) -> ScenarioJob.Demand {
        guard let trace else { return .drawn(spec.arrivals, rate: rate, burst: spec.burst, seed: seed) }
        return .given(AttachedTensor(Tensor((trace.scaled(toRate: rate) ?? trace).offsets)))
    }

    // MARK: The rate

    /// Finds the rate of the server scenario: the one that was asked for, the trace's own, the highest that keeps the
    /// bound, or half of what the engine can do.
    private func setRate(_ cell: inout LoadCell, _ post: Post) async throws(WorkerError) {
        if spec.findRate {
            cell.search = try await search(cell, post)
            // The curves that are shown are those at the rate that held, or of the last rate that was tried.
            cell.offered = cell.search?.highestHeld ?? cell.search?.trials.last?.rate
        } else if let rate = spec.rate ?? trace?.rate {
            cell.offered = rate
        } else if trace == nil {
            cell.offered = try await closedLoop(cell, post, servers: cell.servers).queriesPerSecond / 2
        }
    }

    /// What so many threads answer when the next query always waits.
    private func closedLoop(_ cell: LoadCell, _ post: Post, servers: Int) async throws(WorkerError)
        -> ScenarioJob.Response
    {
        var request = request(cell, post)
        request.servers = servers
        request.leastNanoseconds = 500_000_000
        request.leastQueries = 10
        return try await perform(request, post)
    }

    /// Searches the highest rate at which the judged percentile keeps the bound.
    private func search(_ cell: LoadCell, _ post: Post) async throws(WorkerError) -> RateSearch? {
        guard let bound = spec.bound, let rule = EarlyStopping(percentile: spec.judged) else { return nil }
        let alone = try await closedLoop(cell, post, servers: 1)
        let start: Double
        if let rate = spec.rate {
            start = rate
        } else {
            start =
                (cell.servers == 1 ? alone : try await closedLoop(cell, post, servers: cell.servers)).queriesPerSecond
                / 2
        }
        let trials = RateTrials(
            rule: rule, bound: bound, precision: spec.precision, queries: spec.queries, longest: spec.longest)
        return try await trials.search(from: start, alone: alone) { trial async throws(WorkerError) in
            context.progress.report(
                .began("\(cell.words(withBatch: spec.batches.count > 1)), trying \(LoadUnit.rate.format(trial.rate))"))
            var request = request(cell, post)
            request.leastNanoseconds = 0
            request.leastQueries = trial.queries
            request.mostQueries = trial.queries
            request.mostOverBound = trial.mostOverBound
            request.demand = arrivals(at: trial.rate, seed: seed(round: 1000 + trial.number))
            return [RateTrials.Answer(response: try await perform(request, post))]
        }.search
    }
}

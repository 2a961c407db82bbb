import Engines
import Graphs
import Measurement
import Records
import Tensors

/// One stack at work on the examples: a worker that is started anew whenever an example ends it.
struct SupportSeat {
    let stack: PreparedStack
    let limits: LimitSpec
    let launcher: Launcher
    private(set) var support: StackSupport
    private var client: WorkerClient?
    private var capabilities: EngineCapabilities?
    /// The example that is loaded, for timing.
    private var loaded: LoadedModel?
    private var inputs: [Tensor] = []
    private var batch = 1

    init(_ stack: PreparedStack, limits: LimitSpec, launcher: Launcher) {
        self.stack = stack
        self.limits = limits
        self.launcher = launcher
        support = StackSupport(title: stack.title)
    }

    /// True while examples can be tried.
    var isOpen: Bool { support.outcome == .completed }
    /// True while the last example is loaded and may be timed.
    var canBeTimed: Bool { loaded != nil }

    /// Runs an example and notes what becomes of it; the model stays loaded where its outputs agree.
    mutating func assess(_ example: SupportExample) async {
        var entry = SupportCase(target: example.target, example: example.name, .skipped(example.obstacle ?? ""))
        if example.obstacle == nil { entry.state = await state(of: example) }
        support.cases.append(entry)
    }

    private mutating func state(of example: SupportExample) async -> SupportCase.State {
        do throws(WorkerError) {
            guard try await open() else { return .skipped("the engine was gone") }
        } catch {
            support.outcome = Outcome.State(error)
            support.log = error.log
            return .skipped("the engine could not be started")
        }
        guard let client, let capabilities else { return .skipped("the engine was gone") }
        if let refusal = example.refusal(by: capabilities) { return .refused(refusal) }
        let source: ModelSource
        do throws(GraphError) { source = try example.modelSource(for: capabilities) } catch {
            return .skipped(error.description)
        }
        do throws(WorkerError) {
            let model = try await client.load(source, options: stack.request.options, limit: limits.load)
            loaded = model
            inputs = model.inputs.compactMap { example.inputs[$0.name] }
            let result = try await client.run(model, inputs, limit: limits.run)
            let names = model.outputs.map(\.name)
            let state = example.compare(Dictionary(zip(names, result.outputs), uniquingKeysWith: { $1 }))
            if case .agrees = state { return state }
            await letGo()
            return state
        } catch {
            return await failure(error)
        }
    }

    /// Starts a worker where there is none; false when the stack is given up.
    private mutating func open() async throws(WorkerError) -> Bool {
        guard isOpen else { return false }
        guard client == nil else { return true }
        let started = try await WorkerClient.start(
            launcher,
            configuration: WorkerConfiguration(
                options: stack.request.options, environment: stack.request.environment, startLimit: limits.start))
        let opened = try await started.open(
            engine: stack.request.engine, libraries: stack.libraries, version: stack.version, limit: limits.start)
        support.identity = opened.identity
        capabilities = opened.capabilities
        client = started
        return true
    }

    /// What a failure is called; a worker that did not survive it is let go, and the next example starts another.
    private mutating func failure(_ error: WorkerError) async -> SupportCase.State {
        if case .engine(let error) = error.failure {
            await letGo()
            return .refused(EngineWords.brief(error.reason))
        }
        client?.kill()
        client = nil
        loaded = nil
        if case .cancelled = error.failure { return .skipped("the study was interrupted") }
        return .failed(Outcome.State(error))
    }

    /// Times the loaded example for one round.
    mutating func time(_ measure: MeasureSpec, isFirst: Bool) async {
        guard let client, let loaded else { return }
        do throws(WorkerError) {
            if isFirst {
                let run = try await client.run(loaded, inputs, limit: limits.run)
                batch = Self.batch(run.duration)
            }
            let request = MeasureJob.Request(
                model: loaded.id, inputs: inputs, warmup: isFirst ? measure.warmup : measure.duration / 10,
                duration: measure.duration, maximumSamples: measure.samples, batch: batch)
            let response = try await client.perform(
                MeasureJob.self, request, limit: limits.run + measure.duration * 4 + measure.warmup * 4)
            let divisor = Int64(batch)
            support.cases[support.cases.count - 1].rounds.append(
                response.samples.map { ($0 + divisor / 2) / divisor })
        } catch {
            support.cases[support.cases.count - 1].state = await failure(error)
        }
    }

    /// So many runs in one sample that it takes some 20 µs, against which reading the clock is nothing.
    private static func batch(_ duration: Duration) -> Int {
        let nanoseconds = max(duration / .nanoseconds(1), 1)
        return Int(min(max(20_000 / nanoseconds, 1), 1_000))
    }

    /// Unloads the example.
    mutating func letGo() async {
        guard let model = loaded, let client else { return }
        loaded = nil
        inputs = []
        do throws(WorkerError) { try await client.unload(model) } catch {
            if !error.isSurvivable { self.client = nil }
        }
    }

    /// Ends the worker.
    mutating func close() async {
        await client?.shutdown()
        client = nil
        loaded = nil
    }
}

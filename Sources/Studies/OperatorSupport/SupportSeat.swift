import Engines
import Graphs
import Records
import Tensors

/// One stack at work on the examples.
struct SupportSeat {
    private var cases: [SupportCase] = []
    private var worker: CaseWorker
    /// The example that is loaded, for timing.
    private var loaded: LoadedModel?
    private var inputs: [Tensor] = []
    private var batch = 1

    init(_ stack: PreparedStack, limits: LimitSpec, launcher: Launcher) {
        worker = CaseWorker(stack, limits: limits, launcher: launcher)
    }

    /// What the stack made of the examples so far.
    var support: StackSupport {
        var support = StackSupport(title: worker.stack.title)
        support.identity = worker.identity
        support.cases = cases
        support.outcome = worker.outcome
        support.log = worker.log
        return support
    }

    /// True while examples can be tried.
    var isOpen: Bool { worker.outcome == .completed }
    /// True while the last example is loaded and may be timed.
    var canBeTimed: Bool { loaded != nil }

    /// Runs an example and notes what becomes of it; the model stays loaded where its outputs agree.
    mutating func assess(_ example: SupportExample) async {
        var entry = SupportCase(target: example.target, example: example.name, .skipped(example.obstacle ?? ""))
        if example.obstacle == nil { entry.state = await state(of: example) }
        cases.append(entry)
    }

    private mutating func state(of example: SupportExample) async -> SupportCase.State {
        guard isOpen else { return .skipped("the engine was gone") }
        guard let running = await worker.open() else { return .skipped("the engine could not be started") }
        if let refusal = example.refusal(by: running.capabilities) { return .refused(refusal) }
        let source: ModelSource
        do throws(GraphError) { source = try example.modelSource(for: running.capabilities) } catch {
            return .skipped(error.description)
        }
        do throws(WorkerError) {
            let model = try await running.client.load(
                source, options: worker.stack.request.options, limit: worker.limits.load)
            loaded = model
            inputs = model.ordered(example.inputs)
            let result = try await running.client.run(model, inputs, limit: worker.limits.run)
            let state = example.compare(model.named(result.outputs))
            if case .agrees = state { return state }
            await letGo()
            return state
        } catch {
            return await failure(error)
        }
    }

    private mutating func failure(_ error: WorkerError) async -> SupportCase.State {
        let failure = worker.failure(error)
        await letGo()
        return switch failure {
        case .declined(let error): .refused(EngineWords.brief(error.reason))
        case .interrupted: .skipped("the study was interrupted")
        case .ended(let state): .failed(state)
        }
    }

    /// Times the loaded example for one round.
    mutating func time(_ measure: MeasureSpec, isFirst: Bool) async {
        guard let client = worker.running?.client, let loaded else { return }
        do throws(WorkerError) {
            if isFirst {
                let run = try await client.run(loaded, inputs, limit: worker.limits.run)
                batch = MeasureSpec.batch(forRunsOf: run.duration)
            }
            let samples = try await measure.round(
                of: loaded, inputs, in: client, isFirst: isFirst, batch: batch, limit: worker.limits.run)
            cases[cases.count - 1].rounds.append(samples.divided(among: batch))
        } catch {
            cases[cases.count - 1].state = await failure(error)
        }
    }

    /// Unloads the example.
    mutating func letGo() async {
        defer { (loaded, inputs) = (nil, []) }
        guard let model = loaded, let client = worker.running?.client else { return }
        do throws(WorkerError) { try await client.unload(model) } catch { _ = worker.failure(error) }
    }

    /// Ends the worker.
    mutating func close() async {
        await worker.close()
        loaded = nil
    }
}

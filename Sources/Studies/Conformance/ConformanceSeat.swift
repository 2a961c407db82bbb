import Engines
import Graphs
import Operators
import Records
import Tensors

/// One stack at work on the cases: a worker that is started anew whenever a case ends it.
struct ConformanceSeat {
    let stack: PreparedStack
    let limits: LimitSpec
    let launcher: Launcher
    private(set) var conformance: StackConformance
    private var client: WorkerClient?
    private var capabilities: EngineCapabilities?

    init(_ stack: PreparedStack, limits: LimitSpec, launcher: Launcher) {
        self.stack = stack
        self.limits = limits
        self.launcher = launcher
        conformance = StackConformance(title: stack.title)
    }

    /// Runs a case and notes what becomes of it.
    mutating func assess(_ entry: NodeCase) async {
        conformance.results.append(await result(of: entry))
    }

    private mutating func result(of entry: NodeCase) async -> ConformanceResult {
        do throws(WorkerError) {
            guard try await open() else { return ConformanceResult(name: entry.name, .skipped) }
        } catch {
            conformance.outcome = Outcome.State(error)
            conformance.log = error.log
            return ConformanceResult(name: entry.name, .skipped)
        }
        guard let client, let capabilities else { return ConformanceResult(name: entry.name, .skipped) }
        let first = await attempt(entry, entry.bytes, isOriginal: true, client)
        guard case .refused = first, entry.isNewer(than: capabilities) else {
            return ConformanceResult(name: entry.name, first.side(passing: .passes))
        }
        guard let bytes = entry.restamped(for: capabilities) else {
            return ConformanceResult(name: entry.name, first.side(passing: .passes), isStampRefused: true)
        }
        let second = await attempt(entry, bytes, isOriginal: false, client)
        return ConformanceResult(name: entry.name, second.side(passing: .restamped), isStampRefused: true)
    }

    /// What came of one attempt.
    private enum Attempt {
        case passed
        case differed(String)
        /// The engine declined the model.
        case refused(String)
        /// It took the model and declined the run.
        case declined(String)
        case failed(Outcome.State)
        case interrupted

        func side(passing: ConformanceResult.Side) -> ConformanceResult.Side {
            switch self {
            case .passed: passing
            case .differed(let words): .wrong(words)
            case .refused(let words), .declined(let words): .lacks(words)
            case .failed(let state): .fails(state)
            case .interrupted: .skipped
            }
        }
    }

    private mutating func attempt(
        _ entry: NodeCase, _ bytes: Bytes, isOriginal: Bool, _ client: WorkerClient
    ) async -> Attempt {
        let source = ModelSource(name: entry.name, bytes: bytes, directory: nil, isOriginal: isOriginal)
        let model: LoadedModel
        do throws(WorkerError) {
            model = try await client.load(source, options: stack.request.options, limit: limits.load)
        } catch {
            return failure(error) { .refused($0) }
        }
        let outcome: Attempt
        do throws(WorkerError) { outcome = try await evaluate(entry, model, client) } catch {
            outcome = failure(error) { .declined($0) }
        }
        // A worker that is gone has nothing to let go of; one that dies of it dies in the next case too.
        if self.client != nil { try? await client.unload(model) }
        return outcome
    }

    private func evaluate(
        _ entry: NodeCase, _ model: LoadedModel, _ client: WorkerClient
    ) async throws(WorkerError) -> Attempt {
        let inputs = model.inputs.compactMap { entry.inputs[$0.name] }
        guard inputs.count == model.inputs.count else {
            return .declined("it takes other inputs than the model states")
        }
        let outputs = try await client.evaluate(model, inputs, limit: limits.run)
        let named = Dictionary(zip(model.outputs.map(\.name), outputs), uniquingKeysWith: { first, _ in first })
        return entry.difference(named).map(Attempt.differed) ?? .passed
    }

    /// What a failure is called; a worker that did not survive it is let go, and the next case starts another.
    private mutating func failure(_ error: WorkerError, _ refusal: (String) -> Attempt) -> Attempt {
        if case .engine(let error) = error.failure { return refusal(Self.words(error)) }
        client?.kill()
        client = nil
        if case .cancelled = error.failure { return .interrupted }
        return .failed(Outcome.State(error))
    }

    /// The engine's own words, after the operator where it is known which one is lacking.
    private static func words(_ error: EngineError) -> String {
        let words = EngineWords.brief(error.reason)
        guard error.code == .unsupportedOperator, let range = error.subject.ranges(of: ", operator ").last else {
            return words
        }
        let name = EngineWords.brief(String(error.subject[range.upperBound...]))
        return words.contains(name) ? words : "\(name): \(words)"
    }

    /// Starts a worker where there is none; false when the stack is given up.
    private mutating func open() async throws(WorkerError) -> Bool {
        guard conformance.outcome == .completed else { return false }
        guard client == nil else { return true }
        let started = try await WorkerClient.start(
            launcher,
            configuration: WorkerConfiguration(
                options: stack.request.options, environment: stack.request.environment, startLimit: limits.start))
        let opened = try await started.open(
            engine: stack.request.engine, libraries: stack.libraries, version: stack.version, limit: limits.start)
        conformance.identity = opened.identity
        capabilities = opened.capabilities
        client = started
        return true
    }

    /// Ends the worker.
    mutating func close() async {
        await client?.shutdown()
        client = nil
    }
}

extension NodeCase {
    /// Whether a version stamp is newer than what an engine says it takes.
    fileprivate func isNewer(than capabilities: EngineCapabilities) -> Bool {
        opset > capabilities.newestOpset || model.irVersion > capabilities.newestIRVersion
    }

    /// The model under stamps that the engine takes: the operator set lowered where it is newer, and the lowest IR
    /// version that can express the model; `nil` where the bytes cannot be walked.
    fileprivate func restamped(for capabilities: EngineCapabilities) -> Bytes? {
        try? Model.restamped(
            bytes, irVersion: model.lowestSufficientIRVersion, opset: min(opset, capabilities.newestOpset), name: name)
    }
}

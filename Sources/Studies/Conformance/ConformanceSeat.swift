import Engines
import Graphs
import Operators
import Records
import Tensors

/// One stack at work on the cases.
struct ConformanceSeat {
    private(set) var results: [ConformanceResult] = []
    private var worker: CaseWorker

    init(_ stack: PreparedStack, limits: LimitSpec, launcher: Launcher) {
        worker = CaseWorker(stack, limits: limits, launcher: launcher)
    }

    /// What the stack made of the cases so far.
    var conformance: StackConformance {
        var conformance = StackConformance(title: worker.stack.title)
        conformance.identity = worker.identity
        conformance.results = results
        conformance.outcome = worker.outcome
        conformance.log = worker.log
        return conformance
    }

    /// Runs a case and notes what becomes of it.
    mutating func assess(_ entry: NodeCase) async {
        results.append(await result(of: entry))
    }

    private mutating func result(of entry: NodeCase) async -> ConformanceResult {
        guard let running = await worker.open() else { return ConformanceResult(name: entry.name, .skipped) }
        let first = await attempt(entry, entry.bytes, isOriginal: true, running.client)
        guard case .refused = first, entry.isNewer(than: running.capabilities) else {
            return ConformanceResult(name: entry.name, first.side(passing: .passes))
        }
        guard let bytes = entry.restamped(for: running.capabilities) else {
            return ConformanceResult(name: entry.name, first.side(passing: .passes), isStampRefused: true)
        }
        let second = await attempt(entry, bytes, isOriginal: false, running.client)
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
            model = try await client.load(source, options: worker.stack.request.options, limit: worker.limits.load)
        } catch {
            return failure(error) { .refused($0) }
        }
        let outcome: Attempt
        do throws(WorkerError) { outcome = try await evaluate(entry, model, client) } catch {
            outcome = failure(error) { .declined($0) }
        }
        // A worker that is gone has nothing to let go of; one that dies of it dies in the next case too.
        if worker.running != nil { try? await client.unload(model) }
        return outcome
    }

    private func evaluate(
        _ entry: NodeCase, _ model: LoadedModel, _ client: WorkerClient
    ) async throws(WorkerError) -> Attempt {
        let inputs = model.ordered(entry.inputs)
        guard inputs.count == model.inputs.count else {
            return .declined("it takes other inputs than the model states")
        }
        let outputs = try await client.evaluate(model, inputs, limit: worker.limits.run)
        return entry.difference(model.named(outputs)).map(Attempt.differed) ?? .passed
    }

    private mutating func failure(_ error: WorkerError, _ refusal: (String) -> Attempt) -> Attempt {
        switch worker.failure(error) {
        case .declined(let error): refusal(Self.words(error))
        case .interrupted: .interrupted
        case .ended(let state): .failed(state)
        }
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

    /// Ends the worker.
    mutating func close() async { await worker.close() }
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

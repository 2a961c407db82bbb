import Tensors

/// What a worker holds: its engine and the loaded models; only the engine's thread touches it.
final class WorkerBench {
    /// A loaded model, its session, and the memory its outputs go to.
    struct Loaded {
        var prepared: any PreparedModel
        var session: any Session
        var outputs: OutputSlots
    }

    private let factories: [any EngineFactory]
    /// How the stack is to compute, as the client said first.
    var options = EngineOptions()
    /// With which the names of files in shared memory begin; `nil` where the client and this process share none.
    var token: String?
    private(set) var engine: (any Engine)?
    private var models: [Int: Loaded] = [:]
    private var nextModel = 1

    init(factories: [any EngineFactory]) { self.factories = factories }

    func requireEngine() throws(EngineError) -> any Engine {
        guard let engine else {
            throw EngineError(.invalidRequest, subject: "worker", reason: "no engine has been opened")
        }
        return engine
    }

    func model(_ id: Int) throws(EngineError) -> Loaded {
        guard let model = models[id] else {
            throw EngineError(.unknownName, subject: "model \(id)", reason: "the worker holds no such model")
        }
        return model
    }

    func open(_ request: OpenRequest) throws(EngineError) -> OpenedEngine {
        guard engine == nil else {
            throw EngineError(
                .invalidRequest, subject: request.engine, reason: "this worker has an engine already",
                remedy: "start another worker: one process hosts one engine")
        }
        let factory = try factory(for: request)
        let start = MonotonicClock.now()
        let opened = try factory.load(libraries: request.libraries)
        let elapsed = MonotonicClock.now() - start
        let identity = opened.identity
        if let wanted = request.version, !Self.isSame(wanted, identity.version) {
            let isAdded = request.guest != nil && request.libraries == nil
            throw EngineError(
                .versionMismatch, subject: request.engine,
                reason: isAdded
                    ? "version \(wanted) was added and its program reports \(identity.version)"
                    : "version \(wanted) was locked and the library reports \(identity.version)",
                remedy: isAdded
                    ? "add it again: assay engines add \(request.engine) -- COMMAND"
                    : "remove its folder under stacks/ and install it again, or lock the version that is there")
        }
        engine = opened
        return OpenedEngine(
            identity: identity, capabilities: opened.capabilities, loadNanoseconds: elapsed,
            peakMemory: EngineProcesses.status().peakMemory)
    }

    /// Whether a library's own version is the one of its package: either may lack the part after `+`, which names a variant.
    private static func isSame(_ wanted: String, _ reported: String) -> Bool {
        guard wanted != reported, wanted.contains("+") != reported.contains("+") else { return wanted == reported }
        return wanted.prefix { $0 != "+" } == reported.prefix { $0 != "+" }
    }

    private func factory(for request: OpenRequest) throws(EngineError) -> any EngineFactory {
        if let guest = request.guest {
            return GuestFactory(name: request.engine, command: guest, options: options, token: token)
        }
        if let factory = factories.first(where: { $0.name == request.engine }) { return factory }
        throw EngineError(
            .unknownName, subject: request.engine, reason: "the worker knows no such engine",
            remedy: "it knows \(factories.map(\.name).sorted().joined(separator: ", "))")
    }

    func load(_ request: LoadRequest) throws(EngineError) -> LoadReply {
        let engine = try requireEngine()
        var source = try source(of: request)
        source.form = try form(of: request, for: engine)
        // For good: the model runs on this thread, and the threads that its engine starts inherit the mode.
        _ = DenormalMode(flushed: request.options.flushDenormals)
        let start = MonotonicClock.now()
        let prepared = try engine.prepare(source, options: request.options)
        guard prepared.effectiveOptions.device == request.options.device else {
            throw EngineOptions.refusal(of: request.options.device, by: engine.identity.name)
        }
        EngineProcesses.compute(on: request.options.device)
        let session = try prepared.makeSession()
        let elapsed = MonotonicClock.now() - start - prepared.conversion
        let id = nextModel
        nextModel += 1
        models[id] = Loaded(
            prepared: prepared, session: session, outputs: OutputSlots(count: prepared.outputs.count))
        return LoadReply(
            model: id, inputs: prepared.inputs.map(ValueDescription.init),
            outputs: prepared.outputs.map(ValueDescription.init), options: prepared.effectiveOptions,
            loadNanoseconds: elapsed, peakMemory: EngineProcesses.status().peakMemory)
    }

    /// The form that a request asks for; an engine that takes none would run the model instead, and nobody would know.
    private func form(of request: LoadRequest, for engine: any Engine) throws(EngineError) -> ModelForm? {
        guard let form = request.form else { return nil }
        guard engine.capabilities.takesForms == true else {
            throw EngineError(
                .invalidOption, subject: form.path, reason: "\(engine.identity.name) takes no form of a model but ONNX",
                remedy: "leave the form out")
        }
        return form
    }

    private func source(of request: LoadRequest) throws(EngineError) -> ModelSource {
        if let path = request.path {
            var source = try ModelSource(contentsOf: path)
            source.name = request.name
            source.isOriginal = request.isOriginal
            source.directory = request.directory ?? source.directory
            return source
        }
        guard let bytes = request.bytes?.tensor.bytes else {
            throw EngineError(.invalidRequest, subject: request.name, reason: "neither a path nor bytes were sent")
        }
        return ModelSource(
            name: request.name, bytes: bytes, directory: request.directory, isOriginal: request.isOriginal)
    }

    func run(_ request: RunRequest) throws(EngineError) -> RunReply {
        let model = try model(request.model)
        let inputs = request.inputs.map(\.tensor)
        guard inputs.count == model.prepared.inputs.count else {
            throw EngineError(
                .invalidInput, subject: "model \(request.model)",
                reason: "it has \(model.prepared.inputs.count) inputs and was given \(inputs.count)")
        }
        let (detour, moved) = (model.session.detour, model.session.transfer)
        let start = MonotonicClock.now()
        try model.session.run(inputs, into: model.outputs)
        let elapsed = MonotonicClock.now() - start - (model.session.detour - detour)
        do {
            return RunReply(
                outputs: try model.outputs.snapshot().map(AttachedTensor.init), nanoseconds: elapsed,
                transferNanoseconds: model.session.transfer.map { $0 - (moved ?? 0) })
        } catch {
            throw EngineError(.runFailed, subject: "model \(request.model)", reason: error.description)
        }
    }

    func evaluate(_ request: EvaluateRequest) throws(EngineError) -> EvaluateReply {
        let outputs = try model(request.model).session.evaluate(request.inputs.map(\.value))
        return EvaluateReply(outputs: outputs.map(AttachedValue.init))
    }

    func unload(_ id: Int) throws(EngineError) {
        _ = try model(id)
        models[id] = nil
    }
}

public import Engines
public import Graphs
import Tensors

/// An engine that computes nothing and fails on demand.
public struct FakeEngine: Engine {
    /// What it says it is.
    public let identity: EngineIdentity
    /// It can do what the protocol needs.
    public let capabilities: EngineCapabilities
    private let protocolDescriptor: Int32

    /// Makes the engine; the version `formless` takes no forms of models.
    ///
    /// - Parameter protocolDescriptor: where rubbish is written.
    public init(version: String = "1.0", protocolDescriptor: Int32 = -1) {
        capabilities = EngineCapabilities(
            localFunctions: .all, residentTensors: false, newestOpset: 26, newestIRVersion: 13, precisions: [.f32],
            takesForms: version != "formless")
        identity = EngineIdentity(name: "fake", version: version, build: "test")
        self.protocolDescriptor = protocolDescriptor
    }

    /// Every node runs.
    public func supports(_ node: Node, opset: Int) -> Support { .supported }

    /// Decodes the behaviour, of the form where there is one: a form is another fake model.
    public func prepare(_ source: ModelSource, options: EngineOptions) throws(EngineError) -> any PreparedModel {
        var source = source
        if let form = source.form {
            source = try ModelSource(contentsOf: form.path)
            for name in form.inputs.keys where !["x"].contains(name) {
                throw EngineError(.invalidInput, subject: name, reason: "the model has no such input")
            }
        }
        if let model = try? Model(bytes: source.bytes) {
            guard !isNewer(model) else {
                throw EngineError(.refusedModel, subject: source.name, reason: "its version stamp is too new")
            }
            if let yardstick = InterpretedModel(model, options: options) { return yardstick }
        }
        guard let model = FakeModel(source.bytes, version: identity.version) else {
            throw EngineError(.refusedModel, subject: source.name, reason: "it is no fake model")
        }
        if let mishap = model.onLoad { try Misbehaviour.commit(mishap, protocolDescriptor: protocolDescriptor) }
        if model.refusedPrecisions.contains(options.precision.rawValue) {
            throw EngineError(
                .invalidOption, subject: source.name, reason: "it does not compute in \(options.precision.rawValue)")
        }
        var effective = options
        effective.threads = model.threadsInForce ?? options.threads
        if let device = model.deviceInForce.flatMap({ ComputeDevice($0) }) { effective.device = device }
        let ballast = [UInt8](repeating: 1, count: model.allocation)
        return FakePreparedModel(
            model: model, effectiveOptions: effective, ballast: ballast, protocolDescriptor: protocolDescriptor)
    }

    private func isNewer(_ model: Model) -> Bool {
        model.irVersion > capabilities.newestIRVersion || (model.opsets[""] ?? 0) > capabilities.newestOpset
    }
}

/// A fake model in memory.
struct FakePreparedModel: PreparedModel {
    let model: FakeModel
    let effectiveOptions: EngineOptions
    let ballast: [UInt8]
    let protocolDescriptor: Int32

    var inputs: [ValueInfo] { model.values }
    var outputs: [ValueInfo] {
        model.values.map { value in
            var output = value
            output.name = "\(value.name)_out"
            return output
        }
    }

    func makeSession() throws(EngineError) -> any Session { FakeSession(self) }
}

import Graphs
import Operators
import Synchronization
import Tensors

/// An engine that lives in a process of its own.
struct GuestEngine: Engine {
    let identity: EngineIdentity
    let capabilities: EngineCapabilities
    private let first: GuestSeat
    private let another: @Sendable () throws(EngineError) -> GuestSeat

    init(first: GuestSeat, another: @escaping @Sendable () throws(EngineError) -> GuestSeat) {
        let said = first.opened.identity
        identity = EngineIdentity(
            name: said.name, version: said.version, build: said.build ?? "", instructionSet: said.instructionSet)
        capabilities = first.opened.capabilities ?? .unstated
        self.first = first
        self.another = another
    }

    func supports(_ node: Node, opset: Int) -> Support { .unknown }

    func prepare(_ source: ModelSource, options: EngineOptions) throws(EngineError) -> any PreparedModel {
        try GuestModel(source, options: options, first: first, another: another)
    }
}

/// A model that a guest has loaded.
///
/// A guest answers one request at a time, so sessions that run beside each other have guests of their own. The worker's own
/// session rests while a job has others: the second one shares its guest, so that no guest is there that does nothing.
final class GuestModel: PreparedModel {
    let inputs: [ValueInfo]
    let outputs: [ValueInfo]
    let effectiveOptions: EngineOptions
    let conversion: Int64
    private let source: ModelSource
    private let first: GuestSeat
    private let firstNumber: Int
    private let another: @Sendable () throws(EngineError) -> GuestSeat
    private let sessions = Atomic<Int>(0)

    init(
        _ source: ModelSource, options: EngineOptions, first: GuestSeat,
        another: @escaping @Sendable () throws(EngineError) -> GuestSeat
    ) throws(EngineError) {
        let loaded = try first.load(source, options: options)
        effectiveOptions = Self.inForce(loaded.options, asked: options)
        conversion = loaded.conversionNanoseconds ?? 0
        firstNumber = loaded.model
        if let inputs = loaded.inputs, let outputs = loaded.outputs {
            self.inputs = try Self.values(inputs, source)
            self.outputs = try Self.values(outputs, source)
        } else {
            let graph = try Self.graph(of: source)
            inputs = graph.requiredInputs
            outputs = graph.outputs
        }
        self.source = source
        self.first = first
        self.another = another
    }

    deinit {
        let _: EngineFreed? = try? first.process.call(.unload, ModelNumber(model: firstNumber))
    }

    func makeSession() throws(EngineError) -> any Session {
        if sessions.add(1, ordering: .relaxed).oldValue < 2 {
            return GuestSession(first.process, model: firstNumber, of: self)
        }
        let seat = try another()
        let loaded = try seat.load(source, options: effectiveOptions)
        return GuestSession(seat.process, model: loaded.model, of: self)
    }

    /// The options that a guest says are in force; one that says none has not said that it computes anywhere but on the
    /// processor.
    private static func inForce(_ said: EngineOptions?, asked: EngineOptions) -> EngineOptions {
        if let said { return said }
        var options = asked
        options.device = .cpu
        return options
    }

    private static func values(
        _ descriptions: [ValueDescription], _ source: ModelSource
    ) throws(EngineError) -> [ValueInfo] {
        var values: [ValueInfo] = []
        for description in descriptions {
            do throws(ProtocolViolation) { values.append(try description.valueInfo()) } catch {
                throw EngineError(.invalidRequest, subject: source.name, reason: error.description)
            }
        }
        return values
    }

    private static func graph(of source: ModelSource) throws(EngineError) -> Graph {
        do throws(GraphError) {
            return try Model(bytes: source.bytes, name: source.name, baseDirectory: source.directory).graph
        } catch {
            throw EngineError(.refusedModel, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
    }
}

/// A body of which nothing is read.
private struct EngineFreed: Decodable {}

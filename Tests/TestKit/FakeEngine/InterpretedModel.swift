import Engines
import Graphs
import Operators
import Tensors

/// A yardstick of a study in the fake engine: a model without a behaviour of its own, which the reference interpreter runs.
struct InterpretedModel: PreparedModel {
    /// The names of graphs that are run so.
    static let names: Set = ["carrier", "arithmetic"]

    let graph: Graph
    let interpreter: PreparedInterpreter
    let effectiveOptions: EngineOptions

    var inputs: [ValueInfo] { graph.requiredInputs }
    var outputs: [ValueInfo] { graph.outputs }

    init?(_ model: Model, options: EngineOptions) {
        guard Self.names.contains(model.graph.name), let interpreter = try? PreparedInterpreter(model) else {
            return nil
        }
        self.interpreter = interpreter
        graph = model.graph
        effectiveOptions = options
    }

    func makeSession() throws(EngineError) -> any Session { InterpretedSession(model: self) }
}

/// Runs it.
private final class InterpretedSession: Session {
    private let model: InterpretedModel

    init(model: InterpretedModel) { self.model = model }

    func run(_ inputs: [Tensor], into outputs: OutputSlots) throws(EngineError) {
        let named = Dictionary(zip(model.inputs.map(\.name), inputs), uniquingKeysWith: { $1 })
        do {
            let results = try model.interpreter.run(named)
            for (index, output) in model.outputs.enumerated() {
                guard let tensor = results[output.name]?.tensor else { continue }
                try outputs.memory(at: index, elementType: tensor.elementType, shape: tensor.shape).write(tensor)
            }
        } catch {
            throw EngineError(.runFailed, subject: model.graph.name, reason: "\(error)")
        }
    }

    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] {
        try evaluateTensors(inputs, outputCount: model.outputs.count)
    }
}

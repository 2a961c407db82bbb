import Engines
import Graphs
import Tensors

/// The interface of a model, without the model.
struct CalibrationModel: PreparedModel {
    let name: String
    let inputs: [ValueInfo]
    let outputs: [ValueInfo]
    let effectiveOptions: EngineOptions
    let contract: InputContract
    let behaviour: Behaviour
    /// What of the behaviour depends on the time since the first run: all sessions share one beginning.
    let epoch = Epoch()
    /// Steps of dependent arithmetic a nanosecond; 0 where the clock is what ends a run.
    let stepRate: Double

    /// Reads the interface.
    ///
    /// - Throws: `EngineError` of code `refusedModel` when the file is no model, or an output is no tensor.
    init(_ source: ModelSource, behaviour: Behaviour, options: EngineOptions) throws(EngineError) {
        name = source.name
        self.behaviour = behaviour
        var effective = options
        effective.threads = 1
        effective.spinning = false
        effectiveOptions = effective
        let graph: Graph
        do {
            graph = try Model(bytes: source.bytes, name: source.name, baseDirectory: source.directory).graph
        } catch {
            throw EngineError(.refusedModel, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
        inputs = graph.requiredInputs
        outputs = graph.outputs
        contract = InputContract(inputs, model: source.name)
        for output in outputs {
            if case .tensor = output.type { continue }
            throw EngineError(
                .refusedModel, subject: "\(source.name), output '\(output.name)'",
                reason: "the file does not say that it is a tensor, and this engine answers zeros",
                remedy: "use a model whose outputs are declared as tensors")
        }
        stepRate = behaviour.ends == .steps ? StepClock.calibrated() : 0
    }

    func makeSession() throws(EngineError) -> any Session { CalibrationSession(self) }

    /// The shapes of the outputs for inputs of given shapes: open extents are those of the inputs that bear the same symbol,
    /// and 1 where no input tells.
    func outputShapes(for tensors: [Tensor]) -> [(elementType: ElementType, shape: Shape)] {
        var extents: [String: Int] = [:]
        for (input, tensor) in zip(inputs, tensors) {
            guard case .tensor(_, let shape?)? = input.type, shape.dimensions.count == tensor.shape.rank else {
                continue
            }
            for (axis, dimension) in shape.dimensions.enumerated() {
                if case .symbol(let name) = dimension, extents[name] == nil { extents[name] = tensor.shape[axis] }
            }
        }
        return outputs.compactMap { output in
            guard case .tensor(let elementType, let shape)? = output.type else { return nil }
            let dimensions = (shape?.dimensions ?? []).map { dimension in
                switch dimension {
                case .fixed(let extent): max(extent, 0)
                case .symbol(let name): extents[name] ?? 1
                case .unknown: 1
                }
            }
            return (elementType, Shape(dimensions))
        }
    }
}

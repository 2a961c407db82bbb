import Engines
import Graphs
import Operators

/// A model made ready for the interpreter.
struct NativeModel: PreparedModel {
    let inputs: [ValueInfo]
    let outputs: [ValueInfo]
    let effectiveOptions: EngineOptions
    let name: String
    let contract: InputContract
    let interpreter: PreparedInterpreter

    /// Reads and prepares a model.
    ///
    /// - Throws: `EngineError` of code `unsupportedOperator` or `refusedModel` that names the node.
    init(_ source: ModelSource, catalogue: OperatorCatalogue, options: EngineOptions) throws(EngineError) {
        name = source.name
        let model = try Self.read(source)
        do throws(OperatorError) {
            let types = try ShapeInference(catalogue: catalogue).infer(model)
            interpreter = try PreparedInterpreter(model, catalogue: catalogue, types: types)
            inputs = model.graph.requiredInputs
            outputs = model.graph.outputs.map { ValueInfo($0.name, types.type(of: $0.name) ?? $0.type) }
        } catch {
            throw EngineError(preparing: error, model: source.name)
        }
        contract = try InputContract(inputs, model: source.name)
        var effective = options
        // The reference kernels compute on the thread that calls them.
        effective.threads = 1
        effective.spinning = false
        effectiveOptions = effective
        try Self.refuseNonTensors(outputs, model: source.name)
    }

    func makeSession() throws(EngineError) -> any Session { NativeSession(self) }

    private static func read(_ source: ModelSource) throws(EngineError) -> Model {
        do throws(GraphError) {
            let model = try Model(bytes: source.bytes, name: source.name, baseDirectory: source.directory)
            try model.validate()
            return model
        } catch {
            throw EngineError(error, model: source.name)
        }
    }

    private static func refuseNonTensors(_ outputs: [ValueInfo], model: String) throws(EngineError) {
        for output in outputs {
            guard let type = output.type else { continue }
            if case .tensor = type { continue }
            throw EngineError(
                .refusedModel, subject: "\(model), output '\(output.name)'",
                reason: "it is no tensor, and only tensors can be returned")
        }
    }
}

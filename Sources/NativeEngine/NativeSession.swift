import Engines
import Graphs
import Operators
import Tensors

/// One thread's runs of a prepared model.
final class NativeSession: Session {
    private let model: NativeModel

    init(_ model: NativeModel) { self.model = model }

    func run(_ tensors: [Tensor], into slots: OutputSlots) throws(EngineError) {
        try model.contract.check(tensors)
        guard slots.count == model.outputs.count else {
            throw EngineError(
                .runFailed, subject: model.name,
                reason: "it has \(model.outputs.count) outputs and was given \(slots.count) slots")
        }
        let values = try interpret(tensors.map(Value.tensor))
        for (index, output) in model.outputs.enumerated() { try write(values[output.name], output, index, slots) }
    }

    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] {
        try model.contract.check(values: inputs)
        let values = try interpret(inputs)
        var outputs: [Value] = []
        for output in model.outputs {
            guard let value = values[output.name] else {
                throw EngineError(
                    .runFailed, subject: "\(model.name), output '\(output.name)'", reason: "nothing was computed")
            }
            // A tensor in a layout of the library's leaves the engine in the standard's.
            outputs.append(value.tensor.map(Value.tensor) ?? value)
        }
        return outputs
    }

    private func interpret(_ values: [Value]) throws(EngineError) -> [String: Value] {
        var named: [String: Value] = [:]
        for (input, value) in zip(model.inputs, values) { named[input.name] = value }
        let inputs = named
        return try model.threads.apply { () throws(EngineError) in
            do throws(OperatorError) {
                return try model.interpreter.run(values: inputs)
            } catch {
                throw EngineError(running: error, model: model.name)
            }
        }
    }

    private func write(
        _ value: Value?, _ output: ValueInfo, _ index: Int, _ slots: OutputSlots
    ) throws(EngineError) {
        let subject = "\(model.name), output '\(output.name)'"
        guard let tensor = value?.tensor else {
            throw EngineError(
                .runFailed, subject: subject, reason: "it is no tensor, and a timed run returns tensors only")
        }
        if tensor.elementType == .string {
            slots.set(strings: tensor, at: index)
            return
        }
        do throws(TensorError) {
            try slots.memory(at: index, elementType: tensor.elementType, shape: tensor.shape).write(tensor)
        } catch {
            throw EngineError(.runFailed, subject: subject, reason: error.reason)
        }
    }
}

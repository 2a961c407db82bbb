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
        var named: [String: Tensor] = [:]
        for (input, tensor) in zip(model.inputs, tensors) { named[input.name] = tensor }
        let inputs = named
        let values = try model.threads.apply { () throws(EngineError) in
            do throws(OperatorError) {
                return try model.interpreter.run(inputs)
            } catch {
                throw EngineError(running: error, model: model.name)
            }
        }
        for (index, output) in model.outputs.enumerated() { try write(values[output.name], output, index, slots) }
    }

    private func write(
        _ value: Value?, _ output: ValueInfo, _ index: Int, _ slots: OutputSlots
    ) throws(EngineError) {
        let subject = "\(model.name), output '\(output.name)'"
        guard let tensor = value?.tensor else {
            throw EngineError(.runFailed, subject: subject, reason: "it is no tensor, and only tensors can be returned")
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

import CONNXRuntime
import Engines
import Graphs
import Operators

extension ONNXRuntimeSession {
    /// Runs on values of any kind: all memory of the outputs is the library's, and is copied.
    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] {
        try model.contract.check(values: inputs)
        let writer = ValueWriter(runtime: model.runtime)
        // An output may be an input passed on, so that the memory is needed until all are read.
        defer { withExtendedLifetime(writer) {} }
        var fed: [OpaquePointer?] = []
        for (value, input) in zip(inputs, model.inputs) {
            fed.append(try writer.value(value, subject: subject("input", input.name)).handle)
        }
        let results = try evaluate(fed)
        var outputs: [Value] = []
        for (index, output) in model.outputs.enumerated() {
            let subject = subject("output", output.name)
            if let result = results[index] {
                outputs.append(
                    try ValueReader(runtime: model.runtime, subject: subject).value(result, declared: output.type))
            } else if case .optional(let inner)? = output.type {
                outputs.append(.optional(nil, elementType: inner))
            } else {
                throw EngineError(.runFailed, subject: subject, reason: "the engine returned nothing")
            }
        }
        return outputs
    }

    private func evaluate(_ fed: [OpaquePointer?]) throws(EngineError) -> [RuntimeValue?] {
        var handles = [OpaquePointer?](repeating: nil, count: max(model.outputs.count, 1))
        let mode = DenormalMode(flushed: model.effectiveOptions.flushDenormals)
        let status = model.runtime.api.pointee.Run(
            model.handle, nil, model.inputNames.pointers, fed, fed.count, model.outputNames.pointers,
            model.outputs.count, &handles)
        mode.restore()
        try model.runtime.check(status, subject: model.name)
        return handles.map { $0.map { RuntimeValue($0, runtime: model.runtime) } }
    }
}

import CONNXRuntime
import Engines
import Graphs
import Operators
import Tensors

/// Reads values of any kind back from the library, as copies.
struct ValueReader {
    let runtime: Runtime
    /// What messages name: the model and the output.
    let subject: String

    /// Assay's value for one of the library's.
    ///
    /// - Parameter declared: the type that the model states, for what holds nothing to tell its own.
    /// - Throws: `EngineError` of code `runFailed` for a map or a sparse tensor, and for what cannot be read.
    func value(_ value: RuntimeValue, declared: ValueType?) throws(EngineError) -> Value {
        if case .optional(let inner)? = declared {
            var hasValue: Int32 = 0
            try check(runtime.api.pointee.HasValue(value.handle, &hasValue))
            guard hasValue != 0 else { return .optional(nil, elementType: inner) }
            return .optional(try self.value(value, declared: inner), elementType: inner)
        }
        var code: Int32 = 0
        try check(runtime.api.pointee.GetValueType(value.handle, &code))
        switch ValueKind(rawValue: code) {
        case .tensor: return .tensor(try tensor(value))
        case .sequence: return try sequence(value, declared: declared)
        default:
            throw EngineError(
                .runFailed, subject: subject, reason: "the engine returned a value of kind \(code)",
                remedy: "end the graph in tensors, sequences or optional values")
        }
    }

    private func sequence(_ value: RuntimeValue, declared: ValueType?) throws(EngineError) -> Value {
        var elementType: ValueType?
        if case .sequence(let inner)? = declared { elementType = inner }
        var count = 0
        try check(runtime.api.pointee.GetValueCount(value.handle, &count))
        var elements: [Value] = []
        for index in 0..<count {
            let handle = try runtime.make(subject: subject) {
                runtime.api.pointee.GetValue(value.handle, Int32(clamping: index), runtime.allocator, $0)
            }
            elements.append(try self.value(RuntimeValue(handle, runtime: runtime), declared: elementType))
        }
        guard let type = elementType ?? elements.first?.type else {
            throw EngineError(.runFailed, subject: subject, reason: "the engine returned a sequence of unknown type")
        }
        return .sequence(elements, elementType: type)
    }

    private func tensor(_ value: RuntimeValue) throws(EngineError) -> Tensor {
        let (elementType, shape) = try value.tensorType(subject: subject)
        do {
            guard elementType != .string else {
                return try Tensor(
                    strings: try value.strings(count: shape.elementCount, subject: subject), shape: shape)
            }
            let memory = try MutableTensor(elementType: elementType, shape: shape)
            if memory.byteCount > 0, let source = try value.elements(subject: subject) {
                memory.withUnsafeMutableBytes { target in
                    target.copyMemory(from: UnsafeRawBufferPointer(start: source, count: target.count))
                }
            }
            return try memory.snapshot()
        } catch let error as EngineError {
            throw error
        } catch {
            throw EngineError(.runFailed, subject: subject, reason: "\(error)")
        }
    }

    private func check(_ status: OpaquePointer?) throws(EngineError) { try runtime.check(status, subject: subject) }
}

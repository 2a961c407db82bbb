import CONNXRuntime
import Engines
import Operators
import Tensors

/// Makes values of the library from Assay's, and keeps alive what they stand on.
///
/// The library shares the memory of the tensors it is given, so this object must outlive the run.
final class ValueWriter {
    private let runtime: Runtime
    private var bindings: [InputBinding<RuntimeValue>] = []
    private var made: [RuntimeValue] = []

    init(runtime: Runtime) { self.runtime = runtime }

    /// The library's value for one of Assay's.
    ///
    /// - Throws: `EngineError` of code `invalidInput` for what the C interface cannot make: a missing value, and a
    ///   sequence of no elements, whose type it takes from the first.
    func value(_ value: Value, subject: String) throws(EngineError) -> RuntimeValue {
        if let tensor = value.heldTensor { return try bound(tensor, subject: subject) }
        switch value {
        case .optional(let held?, _): return try self.value(held, subject: subject)
        case .sequence(let elements, _) where !elements.isEmpty: return try sequence(elements, subject: subject)
        case .sequence:
            throw EngineError(
                .invalidInput, subject: subject, reason: "ONNX Runtime's C interface makes no empty sequences")
        default:
            throw EngineError(
                .invalidInput, subject: subject, reason: "ONNX Runtime's C interface makes no missing values")
        }
    }

    private func sequence(_ elements: [Value], subject: String) throws(EngineError) -> RuntimeValue {
        var handles: [OpaquePointer?] = []
        for element in elements { handles.append(try value(element, subject: subject).handle) }
        let fixed = handles
        let handle = try runtime.make(.invalidInput, subject: subject) {
            runtime.api.pointee.CreateValue(fixed, fixed.count, ValueKind.sequence.rawValue, $0)
        }
        return keep(RuntimeValue(handle, runtime: runtime))
    }

    private func bound(_ tensor: Tensor, subject: String) throws(EngineError) -> RuntimeValue {
        var binding = InputBinding<RuntimeValue>()
        let runtime = runtime
        let value = try binding.handle(for: tensor) { memory throws(EngineError) in
            guard let memory, let bytes = tensor.bytes else {
                return try RuntimeValue(
                    strings: tensor.strings ?? [], shape: tensor.shape, runtime: runtime, subject: subject)
            }
            return try RuntimeValue(
                over: memory, byteCount: bytes.count, elementType: tensor.elementType, shape: tensor.shape,
                runtime: runtime, subject: subject)
        }
        bindings.append(binding)
        return keep(value.handle)
    }

    private func keep(_ value: RuntimeValue) -> RuntimeValue {
        made.append(value)
        return value
    }
}

import Engines
import Tensors

/// What is known of one output: the shape it had, and the value over the memory that receives it.
struct BoundOutput {
    /// The type and shape of the last run; `nil` before the first.
    private(set) var learned: (elementType: ElementType, shape: Shape)?
    /// True once the shape changed while the shapes of the inputs did not: then only the engine knows it.
    private var isDataDependent = false
    private var memory: MutableTensor?
    private var value: RuntimeValue?

    /// The value over the slot's memory when the shape can be foreseen; `nil` leaves the memory to the engine.
    ///
    /// - Throws: `EngineError`.
    mutating func value(
        at index: Int, in outputs: OutputSlots, runtime: Runtime, subject: @autoclosure () -> String
    ) throws(EngineError) -> RuntimeValue? {
        guard let learned, !isDataDependent, learned.elementType != .string else { return nil }
        let memory = try Self.memory(at: index, in: outputs, learned.elementType, learned.shape, subject: subject())
        if let value, memory === self.memory { return value }
        let address = memory.withUnsafeMutableBytes { $0.baseAddress }
        guard let address else { return nil }
        let value = try RuntimeValue(
            over: address, byteCount: memory.byteCount, elementType: learned.elementType, shape: learned.shape,
            runtime: runtime, subject: subject())
        self.memory = memory
        self.value = value
        return value
    }

    /// Whether a handle is the value over the slot's memory, rather than one that the engine made.
    func owns(_ handle: OpaquePointer?) -> Bool { handle != nil && value?.handle == handle }

    /// Copies what the engine allocated into the slot and learns its shape.
    ///
    /// - Parameter sameInputs: whether the inputs had the shapes of the run that `learned` comes from.
    /// - Throws: `EngineError`.
    mutating func take(
        _ result: RuntimeValue, at index: Int, into outputs: OutputSlots, sameInputs: Bool,
        subject: @autoclosure () -> String
    ) throws(EngineError) {
        let (elementType, shape) = try result.tensorType(subject: subject())
        if sameInputs, let learned, learned.shape != shape { isDataDependent = true }
        learned = (elementType, shape)
        value = nil
        memory = nil
        if elementType == .string {
            let strings = try result.strings(count: shape.elementCount, subject: subject())
            let tensor = try Self.translated(subject: subject()) { () throws(TensorError) in
                try Tensor(strings: strings, shape: shape)
            }
            return outputs.set(strings: tensor, at: index)
        }
        let memory = try Self.memory(at: index, in: outputs, elementType, shape, subject: subject())
        guard memory.byteCount > 0, let source = try result.elements(subject: subject()) else { return }
        memory.withUnsafeMutableBytes { target in
            target.copyMemory(from: UnsafeRawBufferPointer(start: source, count: target.count))
        }
    }

    private static func memory(
        at index: Int, in outputs: OutputSlots, _ elementType: ElementType, _ shape: Shape,
        subject: @autoclosure () -> String
    ) throws(EngineError) -> MutableTensor {
        if let memory = outputs.existing(at: index), memory.elementType == elementType, memory.shape == shape {
            return memory
        }
        return try translated(subject: subject()) { () throws(TensorError) in
            try outputs.memory(at: index, elementType: elementType, shape: shape)
        }
    }

    private static func translated<Result>(
        subject: @autoclosure () -> String, _ body: () throws(TensorError) -> Result
    ) throws(EngineError) -> Result {
        do { return try body() } catch { throw EngineError(.runFailed, subject: subject(), reason: error.description) }
    }
}

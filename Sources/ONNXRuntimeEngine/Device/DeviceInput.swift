import CONNXRuntime
import Engines
import Tensors

/// The device's memory for one input, used again from run to run.
final class DeviceInput {
    private let device: CUDADevice
    private let runtime: Runtime
    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0
    private var value: RuntimeValue?
    private var known: (elementType: ElementType, shape: Shape)?

    init(on device: CUDADevice, runtime: Runtime) {
        self.device = device
        self.runtime = runtime
    }

    deinit {
        // The value lies over the memory.
        value = nil
        if let memory { device.memory.free(memory) }
    }

    /// The value over memory that is large enough for a tensor; its elements are not there yet.
    ///
    /// - Throws: `EngineError`.
    func value(for tensor: Tensor, byteCount: Int, subject: @autoclosure () -> String) throws(EngineError)
        -> RuntimeValue
    {
        if let value, let known, known.elementType == tensor.elementType, known.shape == tensor.shape { return value }
        value = nil
        if byteCount > capacity || memory == nil {
            if let memory { device.memory.free(memory) }
            memory = nil
            memory = try device.memory.allocate(byteCount)
            capacity = byteCount
        }
        guard let memory else { throw EngineError(.runFailed, subject: subject(), reason: "there is no memory for it") }
        let made = try RuntimeValue(
            over: memory, byteCount: byteCount, elementType: tensor.elementType, shape: tensor.shape,
            in: device.memoryInfo, runtime: runtime, subject: subject())
        value = made
        known = (tensor.elementType, tensor.shape)
        return made
    }

    /// Copies elements to the device.
    ///
    /// - Throws: `EngineError`.
    func send(_ bytes: UnsafeRawBufferPointer) throws(EngineError) {
        guard let memory, let source = bytes.baseAddress, !bytes.isEmpty else { return }
        try device.memory.send(source, to: memory, count: bytes.count)
    }
}

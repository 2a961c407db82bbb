import CONNXRuntime
import Engines
import Graphs
import Operators
import Tensors

/// One thread's use of a session that computes on a device: inputs are brought there, the kernels run, and outputs are
/// brought back, each waited for, so that the ways are timed apart from the work.
final class DeviceSession: Session {
    private let model: ONNXRuntimeModel
    private let device: CUDADevice
    private let runtime: Runtime
    /// What runs on values that the device is not given.
    private let plain: ONNXRuntimeSession
    private let binding: OpaquePointer
    private let inputs: [DeviceInput]
    /// The shapes of the inputs of the last run; `nil` before the first.
    private var shapes: [Shape]?
    private(set) var transfer: Int64?

    init(_ model: ONNXRuntimeModel, on device: CUDADevice) throws(EngineError) {
        self.model = model
        self.device = device
        runtime = model.runtime
        plain = ONNXRuntimeSession(model)
        inputs = model.inputs.map { _ in DeviceInput(on: device, runtime: model.runtime) }
        binding = try model.runtime.make(subject: model.name) {
            model.runtime.api.pointee.CreateIoBinding(model.handle, $0)
        }
    }

    deinit { runtime.api.pointee.ReleaseIoBinding(binding) }

    /// Where the nodes ran.
    var route: String? {
        guard transfer != nil else { return nil }
        let place = model.effectiveOptions.device
        return model.assignment?.words(on: place) ?? "\(place)"
    }

    func run(_ tensors: [Tensor], into slots: OutputSlots) throws(EngineError) {
        try model.contract.check(tensors)
        guard slots.count == model.outputs.count else {
            throw EngineError(
                .runFailed, subject: model.name,
                reason: "it has \(model.outputs.count) outputs and was given \(slots.count) slots")
        }
        try device.memory.choose(device.index)
        // Nothing that an earlier run left undone is in this one's times.
        let begin = MonotonicClock.now()
        try send(tensors)
        let sent = MonotonicClock.now()
        try compute(tensors.map(\.shape))
        let computed = MonotonicClock.now()
        try fetch(into: slots)
        transfer = (transfer ?? 0) + (sent - begin) + (MonotonicClock.now() - computed)
    }

    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] { try plain.evaluate(inputs) }

    func takeProfile() throws(EngineError) -> EngineProfile { try model.takeProfile() }

    // MARK: - To the device

    private func send(_ tensors: [Tensor]) throws(EngineError) {
        for (index, tensor) in tensors.enumerated() {
            let subject = plain.subject("input", model.inputs[index].name)
            guard let bytes = tensor.bytes else {
                try bind(try plain.makeValue(tensor, over: nil, index), index)
                continue
            }
            let value = try inputs[index].value(for: tensor, byteCount: bytes.count, subject: subject)
            let input = inputs[index]
            try bytes.withUnsafeBytes { elements throws(EngineError) in try input.send(elements) }
            // What a node on the processor reads is copied back by the library while it is bound, so it must be there.
            try device.memory.synchronize()
            try bind(value, index)
        }
        try runtime.check(runtime.api.pointee.SynchronizeBoundInputs(binding), subject: model.name)
    }

    private func bind(_ value: RuntimeValue, _ index: Int) throws(EngineError) {
        guard let name = model.inputNames.pointers[index] else { return }
        try runtime.check(runtime.api.pointee.BindInput(binding, name, value.handle), subject: model.name)
    }

    // MARK: - On the device

    private func compute(_ shapes: [Shape]) throws(EngineError) {
        let isKnown = self.shapes == shapes
        if !isKnown { try freeOutputs() }
        self.shapes = shapes
        do throws(EngineError) { try compute() } catch {
            // An output whose shape depends on the data may not fit the memory of the run before.
            guard isKnown else { throw error }
            try freeOutputs()
            try compute()
        }
    }

    private func compute() throws(EngineError) {
        let mode = DenormalMode(flushed: model.effectiveOptions.flushDenormals)
        let status = runtime.api.pointee.RunWithBinding(model.handle, nil, binding)
        mode.restore()
        try runtime.check(status, subject: model.name)
        try runtime.check(runtime.api.pointee.SynchronizeBoundOutputs(binding), subject: model.name)
        try device.memory.synchronize()
    }

    /// Has the library make memory for the outputs in the next run: on the device, and in main memory for what no device
    /// holds.
    private func freeOutputs() throws(EngineError) {
        for (index, output) in model.outputs.enumerated() {
            guard let name = model.outputNames.pointers[index] else { continue }
            var place = runtime.hostMemory
            if case .tensor(let elementType, _)? = output.type, elementType != .string { place = device.memoryInfo }
            try runtime.check(
                runtime.api.pointee.BindOutputToDevice(binding, name, place),
                subject: plain.subject("output", output.name))
        }
    }

    // MARK: - From the device

    private func fetch(into slots: OutputSlots) throws(EngineError) {
        for (index, value) in try boundOutputs().enumerated() {
            let subject = plain.subject("output", model.outputs[index].name)
            let (elementType, shape) = try value.tensorType(subject: subject)
            do {
                if elementType == .string {
                    let strings = try value.strings(count: shape.elementCount, subject: subject)
                    slots.set(strings: try Tensor(strings: strings, shape: shape), at: index)
                } else {
                    let target = try slots.memory(at: index, elementType: elementType, shape: shape)
                    try fetch(value, into: target, subject: subject)
                }
            } catch let error as EngineError {
                throw error
            } catch {
                throw EngineError(.runFailed, subject: subject, reason: "\(error)")
            }
        }
    }

    private func fetch(
        _ value: RuntimeValue, into target: MutableTensor, subject: String
    ) throws(EngineError) {
        guard target.byteCount > 0, let source = try value.elements(subject: subject) else { return }
        let isThere = device.isStandIn ? true : try value.isOnDevice(subject: subject)
        let memory = device.memory
        try target.withUnsafeMutableBytes { bytes throws(EngineError) in
            guard let address = bytes.baseAddress else { return }
            if isThere {
                try memory.fetch(source, to: address, count: bytes.count)
            } else {
                address.copyMemory(from: source, byteCount: bytes.count)
            }
        }
    }

    private func boundOutputs() throws(EngineError) -> [RuntimeValue] {
        var handles: UnsafeMutablePointer<OpaquePointer?>?
        var count = 0
        try runtime.check(
            runtime.api.pointee.GetBoundOutputValues(binding, runtime.allocator, &handles, &count), subject: model.name)
        guard let handles else { return [] }
        let values = (0..<count).compactMap { handles[$0].map { RuntimeValue($0, runtime: runtime) } }
        try runtime.check(runtime.api.pointee.AllocatorFree(runtime.allocator, handles), subject: model.name)
        guard values.count == model.outputs.count else {
            throw EngineError(
                .runFailed, subject: model.name,
                reason: "the engine gave \(values.count) outputs and the model has \(model.outputs.count)")
        }
        return values
    }
}

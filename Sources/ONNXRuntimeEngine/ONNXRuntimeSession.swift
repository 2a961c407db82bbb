import CONNXRuntime
import Engines
import Graphs
import Tensors

/// One thread's use of a loaded session: the values over its inputs and outputs, kept from run to run.
///
/// The first run leaves the outputs' memory to the engine and learns their shapes; later runs with inputs of the same
/// shapes write straight into the slots.
final class ONNXRuntimeSession: Session {
    let model: ONNXRuntimeModel
    private let flushesDenormals: Bool
    private var inputs: [InputBinding<RuntimeValue>]
    private var outputs: [BoundOutput]
    private var inputShapes: [Shape] = []
    private let inputHandles: UnsafeMutablePointer<OpaquePointer?>
    private let outputHandles: UnsafeMutablePointer<OpaquePointer?>

    init(_ model: ONNXRuntimeModel) {
        self.model = model
        flushesDenormals = model.effectiveOptions.flushDenormals
        inputs = model.inputs.map { _ in InputBinding() }
        outputs = model.outputs.map { _ in BoundOutput() }
        inputHandles = .allocate(capacity: max(inputs.count, 1))
        outputHandles = .allocate(capacity: max(outputs.count, 1))
        inputHandles.initialize(repeating: nil, count: max(inputs.count, 1))
        outputHandles.initialize(repeating: nil, count: max(outputs.count, 1))
    }

    deinit {
        inputHandles.deallocate()
        outputHandles.deallocate()
    }

    func run(_ tensors: [Tensor], into slots: OutputSlots) throws(EngineError) {
        try model.contract.check(tensors)
        guard slots.count == outputs.count else {
            throw EngineError(
                .runFailed, subject: model.name,
                reason: "it has \(outputs.count) outputs and was given \(slots.count) slots")
        }
        try bindInputs(tensors)
        let sameShapes = learnsNothing(from: tensors)
        var bound = 0
        if sameShapes { bound = try bindOutputs(slots) } else { unbindOutputs() }
        do throws(EngineError) {
            try run()
        } catch {
            // An output whose shape depends on the data may not fit the memory foreseen for it.
            guard bound > 0 else { throw error }
            unbindOutputs()
            bound = 0
            try run()
        }
        if bound < outputs.count { try takeOutputs(into: slots, sameInputs: sameShapes) }
    }

    func takeProfile() throws(EngineError) -> EngineProfile { try model.takeProfile() }

    private func bindInputs(_ tensors: [Tensor]) throws(EngineError) {
        for index in inputs.indices {
            let tensor = tensors[index]
            let binding = try inputs[index].handle(for: tensor) { memory throws(EngineError) in
                try makeValue(tensor, over: memory, index)
            }
            inputHandles[index] = binding.handle.handle
        }
    }

    func makeValue(
        _ tensor: Tensor, over memory: UnsafeMutableRawPointer?, _ index: Int
    ) throws(EngineError) -> RuntimeValue {
        let subject = subject("input", model.inputs[index].name)
        guard let memory, let bytes = tensor.bytes else {
            return try RuntimeValue(
                strings: tensor.strings ?? [], shape: tensor.shape, runtime: model.runtime, subject: subject)
        }
        return try RuntimeValue(
            over: memory, byteCount: bytes.count, elementType: tensor.elementType, shape: tensor.shape,
            runtime: model.runtime, subject: subject)
    }

    /// Whether the inputs have the shapes of the run before; remembers them when not.
    private func learnsNothing(from tensors: [Tensor]) -> Bool {
        if inputShapes.count == tensors.count,
            tensors.indices.allSatisfy({ inputShapes[$0] == tensors[$0].shape })
        {
            return true
        }
        inputShapes = tensors.map(\.shape)
        return false
    }

    /// Binds the slots' memory where an output's shape is known; returns how many were bound.
    private func bindOutputs(_ slots: OutputSlots) throws(EngineError) -> Int {
        var bound = 0
        for index in outputs.indices {
            let value = try outputs[index].value(
                at: index, in: slots, runtime: model.runtime, subject: subject("output", model.outputs[index].name))
            outputHandles[index] = value?.handle
            if value != nil { bound += 1 }
        }
        return bound
    }

    private func unbindOutputs() {
        for index in outputs.indices { outputHandles[index] = nil }
    }

    @inline(__always)
    private func run() throws(EngineError) {
        let mode = DenormalMode(flushed: flushesDenormals)
        let status = model.runtime.api.pointee.Run(
            model.handle, nil, model.inputNames.pointers, UnsafePointer(inputHandles), inputs.count,
            model.outputNames.pointers, outputs.count, outputHandles)
        mode.restore()
        try model.runtime.check(status, subject: model.name)
    }

    /// Takes what the engine allocated; a slot that was bound holds its result already.
    private func takeOutputs(into slots: OutputSlots, sameInputs: Bool) throws(EngineError) {
        // Take over every handle first, so that none leaks when one of them cannot be read.
        let results = outputs.indices.map { index in
            outputs[index].owns(outputHandles[index])
                ? nil : outputHandles[index].map { RuntimeValue($0, runtime: model.runtime) }
        }
        for (index, result) in results.enumerated() {
            guard let result else { continue }
            try outputs[index].take(
                result, at: index, into: slots, sameInputs: sameInputs,
                subject: subject("output", model.outputs[index].name))
        }
    }

    func subject(_ kind: String, _ name: String) -> String { "\(model.name), \(kind) \(name)" }
}

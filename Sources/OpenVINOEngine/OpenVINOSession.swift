import COpenVINO
import Engines
import Graphs
import Operators
import Tensors

/// One request of a compiled model: the tensors over its inputs and outputs, kept from run to run.
///
/// Outputs of fixed shape are written straight into the slots; the others lie in the engine's memory and are copied,
/// since the engine may change their shape under memory that it does not own.
final class OpenVINOSession: Session {
    private struct Output {
        /// The type and shape when the model fixes them.
        let fixed: (elementType: ElementType, shape: Shape)?
        var memory: MutableTensor?
        var tensor: RuntimeTensor?
    }

    private let model: OpenVINOModel
    private let request: OpaquePointer
    private var inputs: [InputBinding<RuntimeTensor>]
    private var outputs: [Output]
    /// `nil` where nobody asked for the times of steps.
    private var profiler: OpenVINOProfiler?

    /// Takes over a request.
    init(_ model: OpenVINOModel, request: OpaquePointer) {
        self.model = model
        self.request = request
        profiler = model.effectiveOptions.profiling ? OpenVINOProfiler() : nil
        inputs = model.inputs.map { _ in InputBinding() }
        outputs = model.inferredOutputs.map { type in
            guard case .tensor(let elementType, let shape)? = type, let shape = shape?.shape else {
                return Output(fixed: nil)
            }
            return Output(fixed: (elementType, shape))
        }
    }

    deinit { model.runtime.functions.releaseInferRequest(request) }

    func run(_ tensors: [Tensor], into slots: OutputSlots) throws(EngineError) {
        try model.contract.check(tensors)
        guard slots.count == outputs.count else {
            throw EngineError(
                .runFailed, subject: model.name,
                reason: "it has \(outputs.count) outputs and was given \(slots.count) slots")
        }
        try bindInputs(tensors)
        try bindOutputs(slots)
        try infer()
        try copyOutputs(into: slots)
    }

    func evaluate(_ inputs: [Value]) throws(EngineError) -> [Value] {
        try evaluateTensors(inputs, outputCount: outputs.count)
    }

    func noteProfile() throws(EngineError) { try profiler?.readWhenDue(counters) }

    func takeProfile() throws(EngineError) -> EngineProfile {
        guard profiler != nil else {
            throw EngineError(
                .invalidOption, subject: model.name, reason: "its session was made without a profiler",
                remedy: "load the model with `profiling`")
        }
        return try profiler?.take(try model.compiledGraph(), counters) ?? EngineProfile()
    }

    private func counters() throws(EngineError) -> ProfilingCounters {
        try ProfilingCounters(request, model.runtime, subject: model.name)
    }

    private func infer() throws(EngineError) {
        let start = profiler == nil ? 0 : MonotonicClock.now()
        let mode = DenormalMode(flushed: model.effectiveOptions.flushDenormals)
        let status = model.runtime.functions.infer(request)
        mode.restore()
        if profiler != nil { profiler?.note(MonotonicClock.now() - start) }
        try model.runtime.check(status, subject: model.name)
    }

    private func bindInputs(_ tensors: [Tensor]) throws(EngineError) {
        let (functions, codes, runtime) = (model.runtime.functions, model.codes, model.runtime)
        for index in inputs.indices {
            let tensor = tensors[index]
            let (bound, isNew) = try inputs[index].handle(for: tensor) { memory throws(EngineError) in
                guard let memory else {
                    throw EngineError(.invalidInput, subject: subject("input", index), reason: "strings cannot be fed")
                }
                return try RuntimeTensor(
                    over: memory, elementType: tensor.elementType, shape: tensor.shape, codes: codes, runtime: runtime,
                    subject: subject("input", index))
            }
            guard isNew else { continue }
            try runtime.check(functions.setInput(request, index, bound.handle), subject: subject("input", index))
        }
    }

    /// Has outputs of fixed shape written into the slots' memory.
    private func bindOutputs(_ slots: OutputSlots) throws(EngineError) {
        for index in outputs.indices {
            guard let fixed = outputs[index].fixed else { continue }
            let memory = try memory(at: index, in: slots, fixed.elementType, fixed.shape)
            if memory === outputs[index].memory { continue }
            guard let address = memory.withUnsafeMutableBytes({ $0.baseAddress }) else { continue }
            let tensor = try RuntimeTensor(
                over: address, elementType: fixed.elementType, shape: fixed.shape, codes: model.codes,
                runtime: model.runtime, subject: subject("output", index))
            try model.runtime.check(
                model.runtime.functions.setOutput(request, index, tensor.handle), subject: subject("output", index))
            outputs[index].memory = memory
            outputs[index].tensor = tensor
        }
    }

    /// Copies outputs of free shape out of the engine's memory.
    private func copyOutputs(into slots: OutputSlots) throws(EngineError) {
        let runtime = model.runtime
        for index in outputs.indices where outputs[index].fixed == nil {
            let handle = try runtime.make(subject: subject("output", index)) {
                runtime.functions.getOutput(request, index, $0)
            }
            let tensor = RuntimeTensor(handle, runtime: runtime)
            let (elementType, shape) = try tensor.type(model.codes, subject: subject("output", index))
            let memory = try memory(at: index, in: slots, elementType, shape)
            let elements = try tensor.elements(subject: subject("output", index))
            guard elements.count == memory.byteCount else {
                throw EngineError(
                    .runFailed, subject: subject("output", index),
                    reason: "the engine returned \(elements.count) bytes where \(memory.byteCount) were due")
            }
            memory.withUnsafeMutableBytes { $0.copyMemory(from: elements) }
        }
    }

    private func memory(
        at index: Int, in slots: OutputSlots, _ elementType: ElementType, _ shape: Shape
    ) throws(EngineError) -> MutableTensor {
        do {
            return try slots.memory(at: index, elementType: elementType, shape: shape)
        } catch {
            throw EngineError(.runFailed, subject: subject("output", index), reason: error.description)
        }
    }

    private func subject(_ kind: String, _ index: Int) -> String {
        "\(model.name), \(kind) \(kind == "input" ? model.inputs[index].name : model.outputs[index].name)"
    }
}

import Engines
import Graphs
import Operators
import Tensors

/// One thread's runs of a prepared model.
final class NativeSession: Session {
    private let model: NativeModel
    /// The plans that this session ran last, the latest first.
    private var executions: [(entry: PlanLibrary.Entry, execution: (any Execution)?)] = []
    private static let capacity = 4
    /// Where the inputs lie, then where the outputs go.
    private var addresses = AddressList(count: 0)
    /// `nil` where nobody asked for the times of steps.
    private var profiler: NativeProfiler?
    private(set) var route: String?

    private static let interpreter = "interpreter"

    init(_ model: NativeModel) {
        self.model = model
        profiler = model.effectiveOptions.profiling ? NativeProfiler() : nil
    }

    func run(_ tensors: [Tensor], into slots: OutputSlots) throws(EngineError) {
        guard profiler != nil else { return try compute(tensors, slots) }
        let start = MonotonicClock.now()
        try compute(tensors, slots)
        let end = MonotonicClock.now()
        let isPlanned = route != Self.interpreter
        profiler?.note(isPlanned ? executions.first?.execution : nil, start: start, end: end)
    }

    func takeProfile() throws(EngineError) -> EngineProfile {
        guard let profile = profiler?.take(route: route) else {
            throw EngineError(
                .invalidOption, subject: model.name, reason: "its session was made without a profiler",
                remedy: "load the model with `profiling`")
        }
        return profile
    }

    private func compute(_ tensors: [Tensor], _ slots: OutputSlots) throws(EngineError) {
        try model.contract.check(tensors)
        guard slots.count == model.outputs.count else {
            throw EngineError(
                .runFailed, subject: model.name,
                reason: "it has \(model.outputs.count) outputs and was given \(slots.count) slots")
        }
        if try runPlan(tensors, slots) { return }
        route = Self.interpreter
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
        let observer = profiler?.calls
        observer?.beginRun()
        return try model.threads.apply { () throws(EngineError) in
            try model.interpreter.run(inputs, observer: observer)
        }
    }

    /// Runs the plan for the shapes of the inputs; `false` where there is none.
    private func runPlan(_ tensors: [Tensor], _ slots: OutputSlots) throws(EngineError) -> Bool {
        guard let plans = model.plans else { return false }
        if executions.first?.entry.fits(tensors) != true {
            if let index = executions.firstIndex(where: { $0.entry.fits(tensors) }) {
                executions.swapAt(0, index)
            } else {
                let entry = try model.threads.apply { () throws(EngineError) in try plans.entry(for: tensors) }
                let execution = try entry.compiled?.makeExecution(records: profiler != nil)
                prepareAddresses(tensors.count)
                if executions.count == Self.capacity { executions.removeLast() }
                executions.insert((entry, execution), at: 0)
            }
        }
        guard let execution = executions[0].execution, tensors.allSatisfy(Self.isAligned) else { return false }
        try connect(tensors, execution.outputs, slots)
        let inputs = UnsafeBufferPointer(start: addresses.base, count: tensors.count)
        let outputs = UnsafeBufferPointer(start: addresses.base + tensors.count, count: slots.count)
        try model.threads.apply { () throws(EngineError) in try execution.run(inputs, outputs) }
        route = execution.route
        return true
    }

    private func prepareAddresses(_ inputCount: Int) {
        if addresses.count == 0 { addresses = AddressList(count: inputCount + model.outputs.count) }
    }

    /// Notes where the inputs lie and the outputs go.
    private func connect(
        _ tensors: [Tensor], _ outputs: [PlannedTensor], _ slots: OutputSlots
    ) throws(EngineError) {
        for (index, tensor) in tensors.enumerated() {
            tensor.bytes?.withUnsafeBytes { bytes in
                if let base = bytes.baseAddress { addresses.base[index] = UnsafeMutableRawPointer(mutating: base) }
            }
        }
        for (index, output) in outputs.enumerated() {
            do throws(TensorError) {
                let memory = try slots.memory(at: index, elementType: output.elementType, shape: output.shape)
                memory.withUnsafeMutableBytes { bytes in
                    if let base = bytes.baseAddress { addresses.base[tensors.count + index] = base }
                }
            } catch {
                throw EngineError(.runFailed, subject: "output \(index)", reason: error.reason)
            }
        }
    }

    /// Kernels read numbers where numbers may lie; other tensors are copied by the interpreter.
    private static func isAligned(_ tensor: Tensor) -> Bool {
        let address = tensor.storageAddress
        return address % UInt(max(1, min(8, tensor.elementType.bitWidth / 8))) == 0
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

import COneDNN
import Engines
import Operators
import Tensors

/// A plan bound to memory of its own, for one thread of use; a run allocates nothing but what reference kernels do.
final class PlanExecution: Execution {
    /// A place that holds the address of an input or an output.
    private enum Reference {
        case memory(OpaquePointer)
        case slot(UnsafeMutablePointer<UnsafeMutableRawPointer>)
    }

    let plan: StaticPlan
    var outputs: [PlannedTensor] { plan.outputs }
    private let arena: Arena
    private let stream: OpaquePointer
    private var steps: [any BoundStep] = []
    /// `nil` where nobody asked for the times of steps.
    private let recorder: StepRecorder?
    private var inputs: [(address: UnsafeMutableRawPointer?, references: [Reference])] = []
    private var ends: [(address: UnsafeMutableRawPointer?, references: [Reference])] = []
    private var memories: [OpaquePointer] = []

    /// Allocates the memory and binds every step to it.
    ///
    /// - Parameter records: whether the clock is read around each step.
    /// - Throws: `EngineError`.
    init(_ plan: StaticPlan, records: Bool) throws(EngineError) {
        self.plan = plan
        recorder = records ? StepRecorder(stepCount: plan.steps.count) : nil
        arena = Arena(byteCount: plan.arenaByteCount)
        let library = plan.library
        stream = try library.make("dnnl_stream_create") {
            library.functions.createStream($0, library.engine, UInt32(ONEDNN_STREAM_IN_ORDER))
        }
        inputs = Array(repeating: (nil, []), count: plan.inputs.count)
        ends = Array(repeating: (nil, []), count: plan.outputs.count)
        for step in plan.steps { steps.append(try bound(step)) }
    }

    deinit {
        for memory in memories { _ = plan.library.functions.destroyMemory(memory) }
        _ = plan.library.functions.destroyStream(stream)
    }

    func run(
        _ sources: UnsafeBufferPointer<UnsafeMutableRawPointer>, _ targets: UnsafeBufferPointer<UnsafeMutableRawPointer>
    ) throws(EngineError) {
        for index in inputs.indices { connect(&inputs[index], sources[index]) }
        for index in ends.indices { connect(&ends[index], targets[index]) }
        if let recorder {
            try recorder.run(steps)
        } else {
            for step in steps { try step.run() }
        }
        try plan.library.check("dnnl_stream_wait", plan.library.functions.waitStream(stream))
    }

    var route: String { "plan" }

    var profiledSteps: [EngineProfile.Step] { plan.steps.map(\.profiled) }

    var constants: [String] { plan.constants }

    func takeSpans() -> [EngineProfile.Span] { recorder?.takeSpans() ?? [] }

    private func connect(
        _ end: inout (address: UnsafeMutableRawPointer?, references: [Reference]), _ address: UnsafeMutableRawPointer
    ) {
        guard end.address != address else { return }
        end.address = address
        for reference in end.references {
            switch reference {
            case .memory(let memory): _ = plan.library.functions.setAddress(memory, address)
            case .slot(let slot): slot.pointee = address
            }
        }
    }

    private func bound(_ step: PlanStep) throws(EngineError) -> any BoundStep {
        switch step.action {
        case .primitive(let primitive):
            var arguments: [OneDNNArgument] = []
            for (argument, buffer) in zip(primitive.arguments, step.operands + step.results) {
                arguments.append(try self.argument(argument.index, argument.layout, buffer))
            }
            if let scratch = step.scratch {
                arguments.append(try argument(ONEDNN_ARGUMENT_SCRATCHPAD, primitive.scratch, scratch))
            }
            return BoundPrimitive(primitive, arguments, stream, threads: plan.threads)
        case .direct(let kernel, let team):
            let addresses = AddressList(count: step.operands.count + step.results.count)
            fill(addresses, step)
            return BoundDirectKernel(
                kernel, team, addresses, operandCount: step.operands.count,
                scratch: step.scratch.map { address(of: $0) ?? arena.base })
        case .reference(let target, let site, let operands, let results):
            let addresses = AddressList(count: step.operands.count + step.results.count)
            fill(addresses, step)
            return BoundReference(target, site, operands, results, addresses, operandCount: step.operands.count)
        case .copy(let byteCount):
            let addresses = AddressList(count: 2)
            fill(addresses, step)
            return BoundCopy(addresses, byteCount: byteCount)
        }
    }

    private func argument(_ index: Int, _ layout: Layout, _ buffer: Int) throws(EngineError) -> OneDNNArgument {
        let library = plan.library
        let address = address(of: buffer)
        let memory = try library.make("dnnl_memory_create") {
            library.functions.createMemory($0, layout.handle, library.engine, address)
        }
        memories.append(memory)
        refer(buffer, .memory(memory))
        return OneDNNArgument(index: Int32(index), memory: memory)
    }

    private func fill(_ addresses: AddressList, _ step: PlanStep) {
        for (index, buffer) in (step.operands + step.results).enumerated() {
            addresses.base[index] = address(of: buffer) ?? arena.base
            refer(buffer, .slot(addresses.base + index))
        }
    }

    private func refer(_ buffer: Int, _ reference: Reference) {
        switch plan.buffers[buffer].owner {
        case .input(let index): inputs[index].references.append(reference)
        case .output(let index): ends[index].references.append(reference)
        case .part(let whole, _): refer(whole, reference)
        case .arena, .constant: break
        }
    }

    /// Where a buffer lies; `nil` until the caller says.
    private func address(of buffer: Int) -> UnsafeMutableRawPointer? {
        switch plan.buffers[buffer].owner {
        case .arena: arena.base + plan.buffers[buffer].offset
        case .constant(let constant): constant.pointer
        case .part(let whole, let byteOffset): address(of: whole).map { $0 + byteOffset }
        case .input, .output: nil
        }
    }
}

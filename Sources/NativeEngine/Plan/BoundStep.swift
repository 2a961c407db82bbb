import COneDNN
import Engines
import Graphs
import Operators
import Tensors

/// A step of a plan with every address in place.
protocol BoundStep {
    /// Computes.
    ///
    /// - Throws: `EngineError`.
    func run() throws(EngineError)
}

/// A primitive with its memory objects.
final class BoundPrimitive: BoundStep {
    private let primitive: Primitive
    private let execute: OneDNNExecute
    private let setThreads: OpenMPSetThreads
    /// The threads of the plan.
    private let threads: Int
    private let arguments: UnsafeMutableBufferPointer<OneDNNArgument>
    private let stream: OpaquePointer

    init(_ primitive: Primitive, _ arguments: [OneDNNArgument], _ stream: OpaquePointer, threads: Int) {
        self.primitive = primitive
        self.stream = stream
        self.threads = threads
        execute = primitive.library.functions.execute
        setThreads = primitive.library.functions.setThreads
        self.arguments = .allocate(capacity: arguments.count)
        _ = self.arguments.initialize(from: arguments)
    }

    deinit { arguments.deallocate() }

    func run() throws(EngineError) {
        guard let base = arguments.baseAddress else { return }
        let isOther = primitive.threads != threads
        if isOther { setThreads(Int32(primitive.threads)) }
        defer { if isOther { setThreads(Int32(threads)) } }
        let status = execute(primitive.handle, stream, Int32(arguments.count), base)
        if status != 0 { throw OneDNNStatusError("dnnl_primitive_execute", status).asEngineError }
    }
}

/// A kernel of Assay's own.
final class BoundDirectKernel: BoundStep {
    private let kernel: any DirectKernel
    private let team: Team
    private let addresses: AddressList
    private let memory: DirectMemory

    init(
        _ kernel: any DirectKernel, _ team: Team, _ addresses: AddressList, operandCount: Int,
        scratch: UnsafeMutableRawPointer?
    ) {
        self.kernel = kernel
        self.team = team
        self.addresses = addresses
        memory = DirectMemory(
            operands: UnsafeBufferPointer(start: addresses.base, count: operandCount),
            results: UnsafeBufferPointer(start: addresses.base + operandCount, count: addresses.count - operandCount),
            scratch: scratch)
    }

    func run() throws(EngineError) { try kernel.run(memory, team) }
}

/// Moves a tensor as it lies.
final class BoundCopy: BoundStep {
    private let addresses: AddressList
    private let byteCount: Int

    init(_ addresses: AddressList, byteCount: Int) {
        self.addresses = addresses
        self.byteCount = byteCount
    }

    func run() throws(EngineError) { addresses.base[1].copyMemory(from: addresses.base[0], byteCount: byteCount) }
}

/// The reference kernel of a node, on tensors over the plan's memory.
final class BoundReference: BoundStep {
    private let target: any Operator
    private let site: CallSite
    private let operands: [PlanStep.ReferenceOperand]
    private let results: [PlannedTensor?]
    private let addresses: AddressList
    private let operandCount: Int

    init(
        _ target: any Operator, _ site: CallSite, _ operands: [PlanStep.ReferenceOperand],
        _ results: [PlannedTensor?], _ addresses: AddressList, operandCount: Int
    ) {
        self.target = target
        self.site = site
        self.operands = operands
        self.results = results
        self.addresses = addresses
        self.operandCount = operandCount
    }

    func run() throws(EngineError) {
        var inputs: [Value?] = []
        for operand in operands { inputs.append(try value(operand)) }
        let values: [Value]
        do throws(OperatorError) {
            values = try target.evaluate(Call(site: site, inputs: inputs) { (_, _) throws(OperatorError) in [] })
        } catch {
            throw EngineError(.runFailed, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
        var slot = operandCount
        for (index, result) in results.enumerated() {
            guard let result else { continue }
            guard index < values.count, let tensor = values[index].tensor, tensor.shape == result.shape,
                tensor.elementType == result.elementType
            else { throw EngineError(.runFailed, subject: site.path, reason: "its result is not of the type inferred") }
            tensor.bytes?.withUnsafeBytes { bytes in
                if let base = bytes.baseAddress {
                    addresses.base[slot].copyMemory(from: base, byteCount: bytes.count)
                }
            }
            slot += 1
        }
    }

    private func value(_ operand: PlanStep.ReferenceOperand) throws(EngineError) -> Value? {
        switch operand {
        case .omitted: return nil
        case .constant(let tensor): return .tensor(tensor)
        case .buffer(let index, let planned):
            let bytes = Bytes(adopting: addresses.base[index], count: planned.byteCount) {}
            do throws(TensorError) {
                return .tensor(try Tensor(elementType: planned.elementType, shape: planned.shape, bytes: bytes))
            } catch {
                throw EngineError(.runFailed, subject: site.path, reason: error.reason)
            }
        }
    }
}

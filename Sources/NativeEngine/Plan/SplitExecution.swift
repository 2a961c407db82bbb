import Engines
import Synchronization
import Tensors

/// A split plan bound to memory: one copy of the trunk's for each thread.
final class SplitExecution: Execution {
    private let plan: SplitPlan
    private let trunks: [PlanExecution]
    private let head: PlanExecution
    /// The values between trunk and head for the whole batch, and the bytes of one image.
    private let crossing: [(memory: Arena, stride: Int)]
    private let inputStrides: [Int]
    /// Addresses for one image at a time for each thread, and for the head.
    private let trunkAddresses: [AddressList]
    private let headAddresses: AddressList
    private let failure = Mutex<EngineError?>(nil)

    var outputs: [PlannedTensor] { plan.head.outputs }

    init(_ plan: SplitPlan, records: Bool) throws(EngineError) {
        self.plan = plan
        var trunks: [PlanExecution] = []
        for _ in 0..<plan.team.count { trunks.append(try PlanExecution(plan.trunk, records: records)) }
        self.trunks = trunks
        head = try PlanExecution(plan.head, records: records)
        crossing = plan.trunk.outputs.map { (Arena(byteCount: $0.byteCount * plan.batch), $0.byteCount) }
        inputStrides = plan.trunk.inputs.map(\.byteCount)
        trunkAddresses = trunks.map { _ in
            AddressList(count: plan.trunk.inputs.count + plan.trunk.outputs.count)
        }
        headAddresses = AddressList(count: plan.head.inputs.count)
        for (index, value) in crossing.enumerated() { headAddresses.base[index] = value.memory.base }
    }

    var route: String { "plan, image by image" }

    /// Those of the trunk, which run once for each image, then those of the head.
    var profiledSteps: [EngineProfile.Step] { (plan.trunk.steps + plan.head.steps).map(\.profiled) }

    var constants: [String] { plan.trunk.constants + plan.head.constants }

    func takeSpans() -> [EngineProfile.Span] {
        var spans: [EngineProfile.Span] = []
        for (thread, trunk) in trunks.enumerated() {
            for var span in trunk.takeSpans() {
                span.thread = thread
                spans.append(span)
            }
        }
        for var span in head.takeSpans() {
            span.step += plan.trunk.steps.count
            spans.append(span)
        }
        return spans
    }

    func run(
        _ inputs: UnsafeBufferPointer<UnsafeMutableRawPointer>, _ outputs: UnsafeBufferPointer<UnsafeMutableRawPointer>
    ) throws(EngineError) {
        plan.team.run { part, parts in
            for image in Team.share(plan.batch, part: part, of: parts) { runTrunk(part, image, inputs) }
        }
        if let error = failure.withLock({ error in
            defer { error = nil }
            return error
        }) {
            throw error
        }
        for index in inputs.indices { headAddresses.base[crossing.count + index] = inputs[index] }
        try head.run(
            UnsafeBufferPointer(start: headAddresses.base, count: headAddresses.count), outputs)
    }

    private func runTrunk(_ part: Int, _ image: Int, _ inputs: UnsafeBufferPointer<UnsafeMutableRawPointer>) {
        let addresses = trunkAddresses[part].base
        for index in inputs.indices { addresses[index] = inputs[index] + image * inputStrides[index] }
        for (index, value) in crossing.enumerated() {
            addresses[inputs.count + index] = value.memory.base + image * value.stride
        }
        do throws(EngineError) {
            try trunks[part].run(
                UnsafeBufferPointer(start: addresses, count: inputs.count),
                UnsafeBufferPointer(start: addresses + inputs.count, count: crossing.count))
        } catch {
            failure.withLock { $0 = $0 ?? error }
        }
    }
}

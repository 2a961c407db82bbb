import Engines
import Graphs
import Operators
import Synchronization
import Tensors

/// Runs one node on oneDNN: one primitive for each set of operand shapes, the latest few kept.
final class NodeExecutor: Sendable {
    /// How many sets of shapes are remembered.
    private static let capacity = 8

    private struct Entry {
        let keys: [OperandKey]
        /// `nil` where the reference kernel computes these shapes.
        let plan: KernelPlan?
    }

    private let target: any Operator
    private let site: CallSite
    private let team: Team
    private let weights: WeightStore
    /// What the kernel does to its result before it stores it.
    private let activation: Kernel.UnaryKind?
    private let keepsLayouts: Bool
    private let entries = Mutex<[Entry]>([])
    /// True once a call showed that the elements of small tensors decide.
    private let goesByValue = Atomic(false)

    /// - Parameters:
    ///   - team: what computes.
    ///   - weights: the constants of all nodes as kernels read them.
    ///   - activation: what the kernel, which can, does to its result before it stores it.
    ///   - keepsLayouts: whether a result stays in the layout its primitive wrote it in.
    init(
        _ target: any Operator, _ site: CallSite, _ team: Team, _ weights: WeightStore,
        activation: Kernel.UnaryKind?, keepsLayouts: Bool
    ) {
        self.target = target
        self.site = site
        self.team = team
        self.weights = weights
        self.activation = activation
        self.keepsLayouts = keepsLayouts
    }

    /// Computes a call; `nil` leaves it to the reference kernel.
    ///
    /// - Throws: `OperatorError` with the node path when oneDNN fails.
    @Sendable func run(_ call: Call) throws(OperatorError) -> [Value]? {
        do throws(EngineError) {
            let byValue = goesByValue.load(ordering: .relaxed)
            if let plan = try plan(of: call, byValue: byValue) { return try plan.run(call.inputs) }
            guard !byValue, call.inputs.contains(where: { ($0?.elementType ?? .float32) != .float32 }) else {
                return nil
            }
            goesByValue.store(true, ordering: .relaxed)
            return try plan(of: call, byValue: true)?.run(call.inputs)
        } catch {
            throw OperatorError(.engine, subject: site.path, reason: error.reason, remedy: error.remedy)
        }
    }

    private func plan(of call: Call, byValue: Bool) throws(EngineError) -> KernelPlan? {
        guard let keys = OperandKey.keys(site, call.inputs, byValue: byValue) else { return nil }
        return try plan(keys, call.inputs)
    }

    private func plan(_ keys: [OperandKey], _ inputs: [Value?]) throws(EngineError) -> KernelPlan? {
        let known = entries.withLock { entries -> KernelPlan?? in
            guard let index = entries.firstIndex(where: { $0.keys == keys }) else { return nil }
            if index > 0 { entries.swapAt(index, index - 1) }
            return .some(entries[max(0, index - 1)].plan)
        }
        if let known { return known }
        let plan = try makePlan(keys, inputs)
        entries.withLock { entries in
            if entries.count == Self.capacity { entries.removeLast() }
            entries.insert(Entry(keys: keys, plan: plan), at: 0)
        }
        return plan
    }

    private func makePlan(_ keys: [OperandKey], _ inputs: [Value?]) throws(EngineError) -> KernelPlan? {
        let typed = typedSite(keys, inputs)
        guard let lowering = target.lowering(typed) else { return nil }
        var operands: [KernelOperand?] = []
        for index in lowering.operands {
            guard let index, index < inputs.count, let value = inputs[index] else {
                operands.append(nil)
                continue
            }
            guard let operand = try operand(value, keys[index], constant: typed.operands[index]?.constant) else {
                return nil
            }
            operands.append(operand)
        }
        var planner = lowering.kernel.planner
        if let activation {
            guard var fusing = planner as? any FusingPlanner else { return nil }
            fusing.postOperations = [.unary(activation)]
            planner = fusing
        }
        guard planner.takes(operands), let draft = try planner.draft(operands, team.library),
            draft.results.allSatisfy({ $0.extents.allSatisfy { $0 > 0 } && Shape($0.extents).isAllocatable })
        else { return nil }
        return try KernelPlan(
            draft, operands: lowering.operands, constants: site.operands.map { $0?.constant }, weights: weights,
            keepsLayouts: keepsLayouts, team: team)
    }

    /// The call site with the shapes that this call has.
    private func typedSite(_ keys: [OperandKey], _ inputs: [Value?]) -> CallSite {
        var typed = site
        for index in inputs.indices where index < typed.operands.count {
            guard let value = inputs[index], typed.operands[index]?.constant == nil else { continue }
            var operand = CallSite.Operand(type: value.type)
            if case .exact(let tensor) = keys[index] { operand.constant = tensor }
            typed.operands[index] = operand
        }
        return typed
    }

    private func operand(
        _ value: Value, _ key: OperandKey, constant: Tensor?
    ) throws(EngineError) -> KernelOperand? {
        if case .numbers(let elementType, let shape, let layout?) = key {
            return KernelOperand(
                extents: shape.dimensions, elementType: elementType, layout: layout, isRowMajor: false)
        }
        guard let tensor = constant ?? value.tensor, tensor.elementCount > 0,
            let layout = try? Layout(tensor.shape.dimensions, type: tensor.elementType, team.library)
        else { return nil }
        return KernelOperand(
            extents: tensor.shape.dimensions, elementType: tensor.elementType, layout: layout, isRowMajor: true,
            constant: constant)
    }
}

extension OperatorError.Code {
    /// The library that computes a node failed.
    static let engine = OperatorError.Code(rawValue: "operator.engine")
}

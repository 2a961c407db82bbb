import Engines
import Graphs
import Operators
import Tensors

/// Chooses a faster kernel than the reference for the nodes that have one.
struct KernelChooser {
    private let library: OneDNNLibrary
    private let team: Team
    private let keepsLayouts: Bool
    private let weights: WeightStore
    /// What convolutions apply before they store their results.
    var activations: [Node: ActivationFusion.Activation] = [:]

    /// - Parameters:
    ///   - library: what computes heavy nodes.
    ///   - options: those in effect.
    init(library: OneDNNLibrary, options: EngineOptions) {
        self.library = library
        team = Team(library: library, count: options.threads)
        keepsLayouts = options.optimization == .all
        weights = WeightStore(library)
    }

    /// The kernel of a node; `nil` where there is none for any shapes.
    @Sendable func kernel(_ target: any Operator, _ site: CallSite) throws(OperatorError) -> NodeKernel? {
        let activation = activations[site.node]
        guard activation != nil || mayLower(target, site) else { return nil }
        let executor = NodeExecutor(
            target, site, team, weights, activation: activation?.kind, keepsLayouts: keepsLayouts)
        guard let activation else { return executor.run }
        return { (call) throws(OperatorError) in
            if let values = try executor.run(call) { return values }
            return try activation.apply(try target.evaluate(call))
        }
    }

    /// False where all types are known and the operator has no kernel for them; true where only the call tells.
    private func mayLower(_ target: any Operator, _ site: CallSite) -> Bool {
        if let lowering = target.lowering(site) {
            return lowering.operands.allSatisfy { index in
                guard let index, let type = site.operands[index]?.type else { return true }
                return type.isFlat
            }
        }
        return site.operands.contains { operand in
            guard let operand else { return false }
            guard case .tensor(let element, let shape?)? = operand.type, shape.shape != nil else { return true }
            return element != .float32 && element != .string && operand.constant == nil
        }
    }
}

extension ValueType {
    /// True for tensors whose elements take whole bytes.
    fileprivate var isFlat: Bool {
        guard case .tensor(let element, _) = self else { return false }
        return element.bitWidth >= 8 && element.bitWidth % 8 == 0
    }
}

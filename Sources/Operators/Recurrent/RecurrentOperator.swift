import Graphs
import Tensors

/// A network that carries a state from step to step.
protocol RecurrentOperator: Operator {
    /// Blocks of weights.
    static var gates: Int { get }
    /// Whether a cell state is carried besides the hidden state.
    static var hasCell: Bool { get }
}

extension RecurrentOperator {
    static var hasCell: Bool { false }
    var family: OperatorFamily { .recurrent }
    var agreement: Agreement { .approximation }

    /// The attributes all recurrent operators write alike.
    static var rules: [Signature.AttributeRule] {
        [
            .init("activation_alpha"), .init("activation_beta"), .init("activations"), .init("clip"),
            .init("direction", default: .string("forward")), .init("hidden_size"), .init("layout", default: .int(0)),
        ]
    }

    static var commonInputs: [Signature.Parameter] {
        [
            .init("X", TypeSets.floats), .init("W", TypeSets.floats), .init("R", TypeSets.floats),
            .init("B", TypeSets.floats, .optional), .init("sequence_lens", [.int32], .optional),
            .init("initial_h", TypeSets.floats, .optional),
        ]
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let count = Self.hasCell ? 3 : 2
        guard let type = site.elementType(0) else { return [ValueType?](repeating: nil, count: count) }
        guard let data = site.shape(0)?.dimensions, data.count == 3 else {
            return [ValueType?](repeating: .tensor(type, nil), count: count)
        }
        let directions = Dimension.fixed(try RecurrentProblem.directions(attributes(site)).count)
        let weights = site.shape(2)?.dimensions
        let hidden =
            try attributes(site).optionalInt("hidden_size").map(Dimension.fixed)
            ?? (weights?.count == 3 ? weights?[2] : nil) ?? .unknown
        let isBatchFirst = try attributes(site).flag("layout")
        let sequence: SymbolicShape =
            isBatchFirst ? [data[0], data[1], directions, hidden] : [data[0], directions, data[1], hidden]
        let state: SymbolicShape = isBatchFirst ? [data[0], directions, hidden] : [directions, data[1], hidden]
        return [.tensor(type, sequence)] + [ValueType?](repeating: .tensor(type, state), count: count - 1)
    }

    /// Two operations for each weight and step.
    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        let weights = Work.elementCount(site.operand(1)?.type) + Work.elementCount(site.operand(2)?.type)
        guard let data = site.fixedShape(0), data.rank == 3 else { return .traffic(site, outputs: outputs) }
        return .traffic(site, outputs: outputs, operations: 2 * weights * Double(data[0]) * Double(data[1]))
    }

    /// - Throws: always: a gradient through time is not written yet.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        throw OperatorError(
            .notDifferentiable, subject: site.path, reason: "\(name) has no gradient through time",
            remedy: "differentiate the parts of the model after it, or write the recurrence with Scan")
    }
}

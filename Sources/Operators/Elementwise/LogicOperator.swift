import Graphs
import Tensors

/// A function of two truth values under broadcasting.
protocol LogicOperator: BroadcastingOperator {
    static func apply(_ left: Bool, _ right: Bool) -> Bool
}

extension LogicOperator {
    var agreement: Agreement { .exact }
    var signature: Signature {
        Signature(
            inputs: [.init("A", TypeSets.bool), .init("B", TypeSets.bool)], outputs: [.init("C", TypeSets.bool)],
            versions: [7])
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (left, right) = (try call.tensor(0), try call.tensor(1))
        let shape = try Broadcasting.shape([left.shape, right.shape], call.path)
        _ = try shape.allocatableCount(call.path)
        let (a, b): ([Bool], [Bool]) = (try call.values(0), try call.values(1))
        let result = ElementwiseLoops.zip(a, left.shape, b, right.shape, to: shape, filling: false, Self.apply)
        return [try .make(result, shape, call.path)]
    }
}

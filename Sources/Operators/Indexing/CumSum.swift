import Graphs
import Tensors

/// The running sum along an axis, forwards or backwards, with or without the element itself.
struct CumSum: IndexingOperator {
    let name = "CumSum"
    var agreement: Agreement { .accumulation }
    let signature = Signature(
        inputs: [.init("x", TypeSets.numbers), .init("axis", TypeSets.indices)],
        outputs: [.init("y", TypeSets.numbers)],
        attributes: [.init("exclusive", default: .int(0)), .init("reverse", default: .int(0))], versions: [11, 14])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.operand(0)?.type] }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let data = try call.tensor(0)
            let kernel = try RunningFold(.sum, data, axis: try call.tensor(1), attributes)
            return [try data.elementType.dispatch(kernel, path: call.path)]
        }
    }

    /// The running sum of the gradient the other way round.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let attributes = attributes(site)
        let opposite = [
            Attribute("exclusive", .int(try attributes.int("exclusive"))),
            Attribute("reverse", .int(try attributes.flag("reverse") ? 0 : 1)),
        ]
        builder.result(0, builder.body.call("CumSum", [builder.gradient(), builder.input(1)], opposite))
        return builder.pullback()
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6], [2, 3])
        return [
            Example(
                "rows", opset: 14, inputs: [data, .ints([1], [])], constantInputs: [1],
                expected: [.floats([1, 3, 6, 4, 9, 15], [2, 3])]),
            Example(
                "columns, backwards", opset: 11, attributes: [Attribute("reverse", .int(1))],
                inputs: [data, .tensor([Int32(-2)], [])], constantInputs: [1],
                expected: [.floats([5, 7, 9, 4, 5, 6], [2, 3])]),
            Example(
                "without the element", opset: 14, attributes: [Attribute("exclusive", .int(1))],
                inputs: [data, .ints([1])], constantInputs: [1], expected: [.floats([0, 1, 3, 0, 4, 9], [2, 3])]),
        ]
    }
}

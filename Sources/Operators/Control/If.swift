import Graphs
import Tensors

/// One of two graphs, by a truth value.
struct If: Operator {
    let name = "If"
    let family = OperatorFamily.control
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [.init("cond", TypeSets.bool)], outputs: [.init("outputs", nil, .variadic(minimum: 1))],
        attributes: [.init("then_branch", isRequired: true), .init("else_branch", isRequired: true)],
        versions: [1, 11, 13, 16, 19, 21, 23, 24, 25])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let infer = site.inferBody else { return [] }
        // A branch that is never taken may hold shapes that do not fit, and says nothing.
        if let condition = site.operand(0)?.constant, let isTrue = try Truth.value(condition, site.path) {
            return try infer(isTrue ? "then_branch" : "else_branch", [])
        }
        let (left, right) = (try infer("then_branch", []), try infer("else_branch", []))
        return zip(left, right).map { TypeJoin.common($0, $1) }
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        guard let isTrue = try Truth.value(try call.tensor(0), call.path) else {
            throw OperatorError(.shape, subject: call.path, reason: "its condition is not a single truth value")
        }
        return try call.runBody(isTrue ? "then_branch" : "else_branch", [])
    }

    var examples: [Example] {
        func branch(_ value: Float) -> Graph {
            Graph(
                name: "branch",
                nodes: [
                    Node(
                        "Constant", inputs: [], outputs: ["c"], attributes: [.init("value_floats", .floats([value]))]),
                    Node("Neg", inputs: ["c"], outputs: ["out"]),
                ], outputs: [ValueInfo("out", .tensor(.float32, [.fixed(1)]))])
        }
        let branches: [Attribute] = [
            .init("then_branch", .graph(branch(1))), .init("else_branch", .graph(branch(2))),
        ]
        return [
            Example(
                "true", opset: 13, attributes: branches, inputs: [.bools([true], [])], expected: [.floats([-1])],
                isDifferentiable: false),
            Example(
                "false", opset: 16, attributes: branches, inputs: [.bools([false], [])], expected: [.floats([-2])],
                isDifferentiable: false),
        ]
    }
}

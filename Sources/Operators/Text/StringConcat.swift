import Graphs
import Tensors

/// Strings joined elementwise under broadcasting.
struct StringConcat: Operator {
    let name = "StringConcat"
    let family = OperatorFamily.text
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("X", TypeSets.string), .init("Y", TypeSets.string)], outputs: [.init("Z", TypeSets.string)],
        versions: [20])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [.tensor(.string, try Broadcasting.shape([site.shape(0), site.shape(1)], site.path))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (left, right) = (try call.tensor(0), try call.tensor(1))
        let shape = try Broadcasting.shape([left.shape, right.shape], call.path)
        _ = try shape.allocatableCount(call.path)
        let heads = Broadcasting.expand(try left.texts(call.path), from: left.shape, to: shape)
        let tails = Broadcasting.expand(try right.texts(call.path), from: right.shape, to: shape)
        return [.tensor(try Tensor.make(texts: zip(heads, tails).map(+), shape, call.path))]
    }

    var examples: [Example] {
        [
            Example(
                "elementwise", opset: 20, inputs: [.strings(["abc", "def"]), .strings([".com", ".net"])],
                expected: [.strings(["abc.com", "def.net"])], isDifferentiable: false),
            Example(
                "broadcast", opset: 20, inputs: [.strings(["猫", ""], [2, 1]), .strings(["1", "2"])],
                expected: [.strings(["猫1", "猫2", "1", "2"], [2, 2])], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// True where the input is false.
struct Not: UnaryOperator {
    let name = "Not"
    let agreement = Agreement.exact
    static let types = TypeSets.bool
    static let versions = [1]
    static let parameterNames = (input: "X", output: "Y")

    func compute(_ tensor: Tensor, _ parameters: Void, _ path: String) throws(OperatorError) -> Value {
        let values: [Bool] = try tensor.elements(path)
        return try .make(ElementwiseLoops.map(values, filling: false) { !$0 }, tensor.shape, path)
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.classification(.isFalse), operands: [0]) }

    var examples: [Example] {
        [
            Example(
                "both values", opset: 7, inputs: [.bools([true, false], [1, 2])],
                expected: [.bools([false, true], [1, 2])], isDifferentiable: false)
        ]
    }
}

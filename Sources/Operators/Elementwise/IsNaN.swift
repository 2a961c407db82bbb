import Graphs
import Tensors

/// True where an element is not a number.
struct IsNaN: ClassificationOperator {
    let name = "IsNaN"
    let signature = Signature(
        inputs: [.init("X", Self.types)], outputs: [.init("Y", TypeSets.bool)], versions: [9, 13, 20])

    func classify(_ values: [Float], _ site: CallSite) throws(OperatorError) -> [Bool] { values.map(\.isNaN) }
    func classify(_ values: [Double], _ site: CallSite) throws(OperatorError) -> [Bool] { values.map(\.isNaN) }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.classification(.isNotANumber), operands: [0]) }

    var examples: [Example] {
        [
            Example(
                "all kinds", opset: 13, inputs: [.floats([1, .nan, .infinity, -.infinity])],
                expected: [.bools([false, true, false, false])], isDifferentiable: false)
        ]
    }
}

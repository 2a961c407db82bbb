import Graphs
import Tensors

/// The number of elements.
struct Size: Operator {
    let name = "Size"
    let family = OperatorFamily.shape
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("data", TypeSets.all)], outputs: [.init("size", TypeSets.int64)],
        versions: [1, 13, 19, 21, 23, 24, 25])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [.tensor(.int64, [])] }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        [site.shape(0).map { [Extents.product($0.dimensions)] }]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work { .zero }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        [.ints([Int64(try call.tensor(0).elementCount)], [])]
    }

    var examples: [Example] {
        [
            Example(
                "matrix", opset: 13, inputs: [.noise([2, 3])], expected: [.ints([6], [])], isDifferentiable: false),
            Example(
                "empty", opset: 7, inputs: [.floats([], [0, 3])], expected: [.ints([0], [])],
                isDifferentiable: false),
        ]
    }
}

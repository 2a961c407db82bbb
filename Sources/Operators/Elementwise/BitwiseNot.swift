import Graphs
import Tensors

/// Every bit turned over.
struct BitwiseNot: UnaryOperator {
    let name = "BitwiseNot"
    let agreement = Agreement.exact
    static let types = TypeSets.integers
    static let versions = [18]
    static let parameterNames = (input: "X", output: "Y")

    func compute(_ tensor: Tensor, _ parameters: Void, _ path: String) throws(OperatorError) -> Value {
        try tensor.elementType.dispatchInteger(Inversion(tensor: tensor, path: path), path: path)
    }

    private struct Inversion: IntegerKernel {
        let tensor: Tensor
        let path: String

        func run<T: Number & FixedWidthInteger>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try tensor.elements(path)
            return try .make(ElementwiseLoops.map(values) { ~$0 }, tensor.shape, path)
        }
    }

    var examples: [Example] {
        [
            Example(
                "64 bits", opset: 18, inputs: [.ints([0, -1, 5])], expected: [.ints([-1, 0, -6])],
                isDifferentiable: false),
            Example(
                "bytes", opset: 18, inputs: [.tensor([UInt8(0), 5])], expected: [.tensor([UInt8(255), 250])],
                isDifferentiable: false),
        ]
    }
}

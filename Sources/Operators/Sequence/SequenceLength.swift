import Graphs
import Tensors

/// The number of elements of a sequence.
struct SequenceLength: Operator {
    let name = "SequenceLength"
    let family = OperatorFamily.sequence
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input_sequence", nil)], outputs: [.init("length", TypeSets.int64)], versions: [11])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [.tensor(.int64, [])] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        [.tensor(Tensor(scalar: Int64(try call.sequence(0).elements.count)))]
    }

    var examples: [Example] {
        [
            Example(
                "two elements", opset: 11,
                inputs: [.sequence([.floats([1]), .floats([2, 3])], elementType: .tensor(.float32, [.unknown]))],
                expected: [.ints([2], [])], isDifferentiable: false)
        ]
    }
}

import Graphs
import Tensors

/// A sequence without elements.
struct SequenceEmpty: Operator {
    let name = "SequenceEmpty"
    let family = OperatorFamily.sequence
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [], outputs: [.init("output", nil)], attributes: [.init("dtype")], versions: [11])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [.sequence(.tensor(try attributes(site).optionalElementType("dtype") ?? .float32, nil))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        [.sequence([], elementType: .tensor(try attributes(call).optionalElementType("dtype") ?? .float32, nil))]
    }

    var examples: [Example] {
        [
            Example(
                "floats", opset: 11, inputs: [], expected: [.sequence([], elementType: .tensor(.float32, nil))],
                isDifferentiable: false),
            Example(
                "integers", opset: 11, attributes: [.init("dtype", .int(Int(ElementType.int64.rawValue)))], inputs: [],
                expected: [.sequence([], elementType: .tensor(.int64, nil))], isDifferentiable: false),
        ]
    }
}

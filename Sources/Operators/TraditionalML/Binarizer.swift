import Graphs
import Tensors

/// 1 where an element is above a threshold, and 0 elsewhere.
struct Binarizer: TraditionalOperator {
    let name = "Binarizer"
    let agreement = Agreement.exact
    private static let types: Set<ElementType> = [.float32, .float64, .int32, .int64]
    let signature = Signature(
        inputs: [.init("X", Self.types)], outputs: [.init("Y", Self.types)],
        attributes: [.init("threshold", default: .float(0))], versions: [1])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [site.operand(0)?.type] }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: Work.elementCount(site.operand(0)?.type))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let kernel = ThresholdKernel(
            data: data, threshold: Double(try attributes(call).float("threshold")), path: call.path)
        return [try data.elementType.dispatch(kernel, path: call.path)]
    }

    private struct ThresholdKernel: NumberKernel {
        let data: Tensor
        let threshold: Double
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try data.elements(path)
            let one = T(saturating: 1)
            return try .make(values.map { $0.asDouble > threshold ? one : .zero }, data.shape, path)
        }
    }

    var examples: [Example] {
        [
            Example(
                "zero", opset: 1, inputs: [.floats([-1, 0, 0.5, .nan], [2, 2])],
                expected: [.floats([0, 0, 1, 0], [2, 2])], isDifferentiable: false),
            Example(
                "a threshold", opset: 1, attributes: [.init("threshold", .float(1.5))], inputs: [.ints([1, 2, 3])],
                expected: [.ints([0, 1, 1])], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// Numbers from `start` by steps of `delta`, up to but without `limit`.
struct RangeOperator: Operator {
    let name = "Range"
    let family = OperatorFamily.generation
    let agreement = Agreement.rounding
    private static let types = TypeSets.floats.union([.int16, .int32, .int64])
    let signature = Signature(
        inputs: [.init("start", Self.types), .init("limit", Self.types), .init("delta", Self.types)],
        outputs: [.init("output", Self.types)], attributes: [.init("stash_type", default: .int(1))],
        versions: [11, 27])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site) else { return [nil] }
        if site.integers(0) == [0], site.integers(2) == [1], let limit = site.elements(1)?.first {
            return [.tensor(type, [limit.value.map { .fixed(max($0, 0)) } ?? limit])]
        }
        return [.tensor(type, [.unknown])]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try call.widened { (call) throws(OperatorError) in
            let kernel = Progression(
                start: try call.tensor(0), limit: try call.tensor(1), delta: try call.tensor(2), path: call.path)
            return [try kernel.start.elementType.dispatch(kernel, path: call.path)]
        }
    }

    private struct Progression: NumberKernel {
        let start: Tensor
        let limit: Tensor
        let delta: Tensor
        let path: String

        private func scalar<T: Number>(_ tensor: Tensor, _ name: String) throws(OperatorError) -> T {
            let values: [T] = try tensor.elements(path)
            guard values.count == 1, let value = values.first else {
                throw OperatorError(.shape, subject: path, reason: "\(name) is not a scalar")
            }
            return value
        }

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            let (first, end, step): (T, T, T) = (
                try scalar(start, "start"), try scalar(limit, "limit"), try scalar(delta, "delta")
            )
            guard step != .zero, !step.isNotANumber else {
                throw OperatorError(.unsupported, subject: path, reason: "delta is \(step)")
            }
            let extent = ((end.asDouble - first.asDouble) / step.asDouble).rounded(.up)
            guard extent < 0x1p40 else {
                throw OperatorError(.shape, subject: path, reason: "no memory holds \(extent) numbers")
            }
            let count = try Shape([extent > 0 ? Int(extent) : 0]).allocatableCount(path)
            let values = (0..<count).map { first.plus(T(saturating: Double($0)).times(step)) }
            return try .make(values, [count], path)
        }
    }

    var examples: [Example] {
        [
            Example(
                "upwards", opset: 11, inputs: [.floats([1], []), .floats([5], []), .floats([1.5], [])],
                expected: [.floats([1, 2.5, 4])], isDifferentiable: false),
            Example(
                "downwards", opset: 11, inputs: [.ints([10], []), .ints([4], []), .ints([-3], [])],
                expected: [.ints([10, 7])], isDifferentiable: false),
            Example(
                "empty", opset: 11, inputs: [.ints([3], []), .ints([3], []), .ints([1], [])],
                expected: [.ints([])], isDifferentiable: false),
            Example(
                "count", opset: 11, inputs: [.ints([0], []), .ints([3], []), .ints([1], [])],
                constantInputs: [0, 1, 2], expected: [.ints([0, 1, 2])], isDifferentiable: false),
        ]
    }
}

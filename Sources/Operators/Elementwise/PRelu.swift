import Graphs
import Tensors

/// `x` above 0, `slope · x` below, with a learned slope that stretches to the shape of the data.
///
/// Source: He et al. 2015.
struct PRelu: BroadcastingOperator {
    let name = "PRelu"
    let agreement = Agreement.rounding
    let signature = Signature(
        inputs: [
            .init("X", TypeSets.floats.union([.int32, .int64, .uint32, .uint64])),
            .init("slope", TypeSets.floats.union([.int32, .int64, .uint32, .uint64])),
        ], outputs: [.init("Y", TypeSets.floats.union([.int32, .int64, .uint32, .uint64]))], versions: [7, 9, 16])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        _ = try commonElementType(site)
        return [site.operand(0)?.type]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        try call.widened { (call) throws(OperatorError) in
            let kernel = Bend(data: try call.tensor(0), slope: try call.tensor(1), path: call.path)
            return [try kernel.data.elementType.dispatch(kernel, path: call.path)]
        }
    }

    private struct Bend: NumberKernel {
        let data: Tensor
        let slope: Tensor
        let path: String

        func run<T: Number>(_ type: T.Type) throws(OperatorError) -> Value {
            guard try Broadcasting.shape([data.shape, slope.shape], path) == data.shape else {
                throw OperatorError(
                    .shape, subject: path, reason: "slope \(slope.shape) does not stretch to the data's \(data.shape)")
            }
            let values = ElementwiseLoops.zip(
                try data.elements(path), data.shape, try slope.elements(path), slope.shape, to: data.shape,
                filling: T.zero
            ) { x, slope in x < .zero ? x.times(slope) : x }
            return try .make(values, data.shape, path)
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let zero = try builder.scalar(0)
        let isNegative = builder.body.call("Less", [builder.input(0), zero])
        let bent = builder.body.multiply(builder.gradient(), builder.input(1))
        builder.result(0, builder.body.call("Where", [isNegative, bent, builder.gradient()]))
        let product = builder.body.multiply(builder.gradient(), builder.input(0))
        let slope = builder.body.call("Where", [isNegative, product, zero])
        try builder.result(1, slope, stretchedTo: site.shape(0))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.binary(.leakyProduct), operands: [0, 1]) }

    var examples: [Example] {
        [
            Example(
                "a slope for each element", opset: 16, inputs: [.floats([-2, 3, -4]), .floats([0.5, 0.5, 0.25])],
                expected: [.floats([-1, 3, -1])]),
            Example(
                "a slope for each channel", opset: 9,
                inputs: [.floats([-1, 2, -3, 4], [1, 2, 2]), .floats([0.1, 0.2], [2, 1])], constantInputs: [1],
                expected: [.floats([-0.1, 2, -0.6, 4], [1, 2, 2])]),
        ]
    }
}

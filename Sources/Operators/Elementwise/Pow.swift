import Graphs
import Tensors

/// `Xʸ` under broadcasting; the result has the type of X.
struct Pow: BroadcastingOperator {
    let name = "Pow"
    let agreement = Agreement.approximation
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats.union([.int32, .int64])), .init("Y", TypeSets.numbers)],
        outputs: [.init("Z", TypeSets.floats.union([.int32, .int64]))], versions: [7, 12, 13, 15])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        return [.tensor(type, try stretchedShape(site))]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        .traffic(site, outputs: outputs, operations: 8 * Work.elementCount(outputs.first ?? nil))
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (base, exponent) = (try call.tensor(0), try call.tensor(1))
        let shape = try Broadcasting.shape([base.shape, exponent.shape], call.path)
        _ = try shape.allocatableCount(call.path)
        // f32 is computed in f32; everything else fits f64 (64-bit integers below 2⁵³, as elsewhere).
        let wide: ElementType = base.elementType == .float32 ? .float32 : .float64
        let powers = Powers(
            base: try Conversion.convert(base, to: wide, call.path),
            exponent: try Conversion.convert(exponent, to: wide, call.path), shape: shape, path: call.path)
        let result = try wide.dispatchReal(powers, path: call.path)
        return [.tensor(try Conversion.convert(result, to: base.elementType, call.path))]
    }

    private struct Powers: RealKernel {
        let base: Tensor
        let exponent: Tensor
        let shape: Shape
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Tensor {
            let (a, b): ([T], [T]) = (try base.elements(path), try exponent.elements(path))
            if b == [2] { return try Tensor.make(ElementwiseLoops.map(a) { $0 * $0 }, shape, path) }
            let values = ElementwiseLoops.zip(a, base.shape, b, exponent.shape, to: shape, filling: T.zero) {
                T.pow($0, $1)
            }
            return try Tensor.make(values, shape, path)
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let shape = try stretchedShape(site)
        let type = try site.requireElementType(0)
        let exponentType = try site.requireElementType(1)
        let (base, one) = (builder.input(0), try builder.scalar(1))
        let exponent = exponentType == type ? builder.input(1) : builder.body.cast(builder.input(1), to: type)
        let lower = builder.body.call("Pow", [base, builder.body.subtract(exponent, one)])
        let slope = builder.body.multiply(exponent, lower)
        try builder.result(0, builder.body.multiply(builder.gradient(), slope), stretchedTo: shape)
        if exponentType == type {
            // The logarithm is taken of positive bases only; elsewhere the power does not depend on Y in the reals.
            let isPositive = builder.body.call("Greater", [base, try builder.scalar(0)])
            let logarithm = builder.body.call("Log", [builder.body.call("Where", [isPositive, base, one])])
            let growth = builder.body.multiply(builder.output(0), logarithm)
            try builder.result(1, builder.body.multiply(builder.gradient(), growth), stretchedTo: shape)
        }
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard site.elementType(0) == .float32, let rank = site.rank(0), let exponent = site.operand(1)?.constant,
            exponent.elementCount == 1, exponent.shape.rank <= rank, let power = try? exponent.doubles().first
        else { return nil }
        switch power {
        case 1: return Lowering(.view, operands: [0])
        case 2: return Lowering(.unary(.square), operands: [0])
        case 3: return Lowering(.unary(.cube), operands: [0])
        case -1: return Lowering(.unary(.reciprocal), operands: [0])
        default: return nil
        }
    }

    var examples: [Example] {
        [
            Example(
                "same shapes", opset: 15, inputs: [.floats([1, 2, 3]), .floats([4, 5, 6])],
                expected: [.floats([1, 32, 729])]),
            Example(
                "squares", opset: 13, inputs: [.noise([2, 3], shift: 2), .floats([2], [])], constantInputs: [1]),
            Example(
                "stretched", opset: 7, inputs: [.floats([1, 4, 9], [3, 1]), .floats([0.5, 2])],
                expected: [.floats([1, 1, 2, 16, 3, 81], [3, 2])]),
            Example(
                "integer exponent", opset: 15, inputs: [.floats([1, 2, 3]), .ints([3, 2, 1])],
                expected: [.floats([1, 4, 3])]),
            Example(
                "integers", opset: 15, inputs: [.ints([1, 2, 3]), .ints([4, 5, 6])],
                expected: [.ints([1, 32, 729])], isDifferentiable: false),
        ]
    }
}

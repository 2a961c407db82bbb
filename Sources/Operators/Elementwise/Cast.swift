import Graphs
import Tensors

/// Each element converted to another type.
struct Cast: Operator {
    let name = "Cast"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input", TypeSets.all)], outputs: [.init("output", TypeSets.all)],
        attributes: [
            .init("to", isRequired: true), .init("saturate", default: .int(1)),
            .init("round_mode", default: .string("up")),
        ], versions: [6, 9, 13, 19, 21, 23, 24, 25, 28])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [.tensor(try attributes(site).elementType("to"), site.shape(0))]
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        // A symbol survives only where no value of an extent is cut.
        guard [.int64, .int32].contains(try attributes(site).elementType("to")) else { return [] }
        return [site.elements(0)]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let conversion = ElementCast(
            type: try attributes.elementType("to"), isSaturating: try attributes.flag("saturate"),
            roundMode: try attributes.string("round_mode"), path: call.path)
        return [.tensor(try conversion.convert(try call.tensor(0)))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        guard let type = site.elementType(0), type.isFloatingPoint,
            try attributes(site).elementType("to").isFloatingPoint
        else { return nil }
        var builder = PullbackBuilder(site)
        builder.result(0, builder.body.cast(builder.gradient(), to: type))
        return builder.pullback()
    }

    private static func to(_ type: ElementType) -> [Attribute] { [.init("to", .int(Int(type.rawValue)))] }

    func lowering(_ site: CallSite) -> Lowering? {
        (try? attributes(site).elementType("to")).map { Lowering(.cast(to: $0), operands: [0]) }
    }

    var examples: [Example] {
        [
            Example(
                "to integers, toward zero", opset: 13, attributes: Cast.to(.int32),
                inputs: [.floats([-1.75, -0.5, 0.5, 2.75])], expected: [.tensor([Int32(-1), 0, 0, 2])],
                isDifferentiable: false),
            Example(
                "to truth values", opset: 9, attributes: Cast.to(.bool), inputs: [.floats([0, -1, 0.5])],
                expected: [.bools([false, true, true])], isDifferentiable: false),
            Example(
                "from truth values", opset: 6, attributes: Cast.to(.float32), inputs: [.bools([true, false])],
                expected: [.floats([1, 0])], isDifferentiable: false),
            Example(
                "to more precision", opset: 13, attributes: Cast.to(.float64), inputs: [.floats([0.5, -3])],
                expected: [.tensor([0.5, -3.0])]),
            Example(
                "low bits of integers", opset: 13, attributes: Cast.to(.uint8), inputs: [.ints([257, -1, 7])],
                expected: [.tensor([UInt8(1), 255, 7])], isDifferentiable: false),
            Example(
                "to strings", opset: 9, attributes: Cast.to(.string), inputs: [.ints([1, -20])],
                expected: [.strings(["1", "-20"])], isDifferentiable: false),
            Example(
                "from strings", opset: 9, attributes: Cast.to(.float32), inputs: [.strings(["1.5", "-1e2", "INF"])],
                expected: [.floats([1.5, -100, .infinity])], isDifferentiable: false),
        ]
    }
}

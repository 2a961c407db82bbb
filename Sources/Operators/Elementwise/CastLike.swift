import Graphs
import Tensors

/// Each element converted to the type of another tensor.
struct CastLike: Operator {
    let name = "CastLike"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("input", TypeSets.all), .init("target_type", TypeSets.all)],
        outputs: [.init("output", TypeSets.all)],
        attributes: [.init("saturate", default: .int(1)), .init("round_mode", default: .string("up"))],
        versions: [15, 19, 21, 23, 24, 25])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        [site.elementType(1).map { .tensor($0, site.shape(0)) }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let conversion = ElementCast(
            type: try call.tensor(1).elementType, isSaturating: try attributes.flag("saturate"),
            roundMode: try attributes.string("round_mode"), path: call.path)
        return [.tensor(try conversion.convert(try call.tensor(0)))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        guard let type = site.elementType(0), type.isFloatingPoint, site.elementType(1)?.isFloatingPoint == true else {
            return nil
        }
        var builder = PullbackBuilder(site)
        builder.result(0, builder.body.cast(builder.gradient(), to: type))
        return builder.pullback()
    }

    var examples: [Example] {
        [
            Example(
                "to integers", opset: 15, inputs: [.floats([-1.75, 2.75]), .ints([0], [])],
                expected: [.ints([-1, 2])], isDifferentiable: false),
            Example(
                "to more precision", opset: 19, inputs: [.floats([0.5, -3]), .tensor([0.0])],
                expected: [.tensor([0.5, -3.0])]),
        ]
    }
}

import Graphs
import Tensors

/// The operator `Shape`: the extents of its input, or of the axes from `start` to before `end`.
struct ShapeOf: Operator {
    let name = "Shape"
    let family = OperatorFamily.shape
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("data", TypeSets.all)], outputs: [.init("shape", TypeSets.int64)],
        attributes: [.init("start", default: .int(0)), .init("end")], versions: [1, 13, 15, 19, 21, 23, 24, 25])

    private func range(_ attributes: Attributes, rank: Int) throws(OperatorError) -> Range<Int> {
        let clamp = { (axis: Int) in Swift.min(Swift.max(axis < 0 ? axis &+ rank : axis, 0), rank) }
        let start = clamp(try attributes.int("start"))
        return start..<Swift.max(start, clamp(try attributes.optionalInt("end") ?? rank))
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let rank = site.rank(0) else { return [.tensor(.int64, .unknown(rank: 1))] }
        return [.tensor(.int64, [.fixed(try range(attributes(site), rank: rank).count)])]
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        guard let extents = site.shape(0)?.dimensions else { return [nil] }
        return [Array(extents[try range(attributes(site), rank: extents.count)])]
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work { .zero }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let shape = try call.tensor(0).shape
        return [.ints(shape.dimensions[try range(attributes(call), rank: shape.rank)].map(Int64.init))]
    }

    var examples: [Example] {
        let data = Value.noise([2, 3, 4])
        return [
            Example("all axes", opset: 13, inputs: [data], expected: [.ints([2, 3, 4])], isDifferentiable: false),
            Example(
                "from an axis on", opset: 15, attributes: [Attribute("start", .int(-2))], inputs: [data],
                expected: [.ints([3, 4])], isDifferentiable: false),
            Example(
                "up to an axis", opset: 19, attributes: [Attribute("start", .int(1)), Attribute("end", .int(-1))],
                inputs: [data], expected: [.ints([3])], isDifferentiable: false),
            Example("scalar", opset: 7, inputs: [.floats([1], [])], expected: [.ints([])], isDifferentiable: false),
        ]
    }
}

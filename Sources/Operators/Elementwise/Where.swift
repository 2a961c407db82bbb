import Graphs
import Tensors

/// X where the condition is true, Y elsewhere, under broadcasting of all three.
struct Where: Operator {
    let name = "Where"
    let family = OperatorFamily.elementwise
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("condition", TypeSets.bool), .init("X", TypeSets.all), .init("Y", TypeSets.all)],
        outputs: [.init("output", TypeSets.all)], versions: [9, 16])

    private func stretchedShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        try Broadcasting.shape([site.shape(0), site.shape(1), site.shape(2)], site.path)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = try commonElementType(site, [1, 2]) else { return [nil] }
        return [.tensor(type, try stretchedShape(site))]
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        guard let condition = site.operand(0)?.constant, let x = site.elements(1), let y = site.elements(2),
            condition.shape.rank == 1, condition.elementCount == x.count, x.count == y.count
        else { return [] }
        let mask: [Bool] = try condition.elements(site.path)
        return [mask.indices.map { mask[$0] ? x[$0] : y[$0] }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let (condition, x, y) = (try call.tensor(0), try call.tensor(1), try call.tensor(2))
        let shape = try Broadcasting.shape([condition.shape, x.shape, y.shape], call.path)
        _ = try shape.allocatableCount(call.path)
        let mask = Broadcasting.expand(
            try condition.elements(call.path) as [Bool], from: condition.shape, to: shape)
        let wide = try x.rearranged(to: shape, Stretch(from: x.shape, to: shape), path: call.path)
        let choice = try Choice(mask: mask, other: y, shape: shape, path: call.path)
        return [.tensor(try choice.merged(with: wide))]
    }

    /// Stretches elements to a shape.
    private struct Stretch: RearrangementKernel {
        let from: Shape
        let to: Shape

        func run<T: Sendable>(_ elements: [T], zero: T) throws(OperatorError) -> [T] {
            Broadcasting.expand(elements, from: from, to: to)
        }
    }

    /// Merges two tensors of one type by a mask.
    private struct Choice {
        let mask: [Bool]
        let other: Tensor
        let shape: Shape
        let path: String

        init(mask: [Bool], other: Tensor, shape: Shape, path: String) throws(OperatorError) {
            self.mask = mask
            self.other = try other.rearranged(to: shape, Stretch(from: other.shape, to: shape), path: path)
            self.shape = shape
            self.path = path
        }

        func merged(with chosen: Tensor) throws(OperatorError) -> Tensor {
            let count = mask.count
            let positions = mask.indices.map { mask[$0] ? $0 : $0 + count }
            return try chosen.joined(other, path).gathered(positions, shape: shape, path: path)
        }
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        var builder = PullbackBuilder(site)
        let shape = try stretchedShape(site)
        let zero = try builder.scalar(0, likeInput: 1)
        let x = builder.body.call("Where", [builder.input(0), builder.gradient(), zero])
        try builder.result(1, x, stretchedTo: shape)
        let y = builder.body.call("Where", [builder.input(0), zero, builder.gradient()])
        try builder.result(2, y, stretchedTo: shape)
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? { Lowering(.selection, operands: [0, 1, 2]) }

    var examples: [Example] {
        [
            Example(
                "same shapes", opset: 9,
                inputs: [
                    .bools([true, false, true, true], [2, 2]), .floats([1, 2, 3, 4], [2, 2]),
                    .floats([9, 8, 7, 6], [2, 2]),
                ],
                expected: [.floats([1, 8, 3, 4], [2, 2])]),
            Example(
                "all stretched", opset: 16,
                inputs: [.bools([true, false], [2, 1]), .floats([1, 2, 3], [3]), .floats([0], [])],
                expected: [.floats([1, 2, 3, 0, 0, 0], [2, 3])]),
            Example(
                "strings", opset: 16, inputs: [.bools([true, false]), .strings(["a", "b"]), .strings(["c"])],
                expected: [.strings(["a", "c"])], isDifferentiable: false),
            Example(
                "integers", opset: 9, inputs: [.bools([false], []), .ints([1, 2]), .ints([3, 4])],
                expected: [.ints([3, 4])], isDifferentiable: false),
        ]
    }
}

import Graphs
import Tensors

/// Tensors joined along an axis.
struct Concat: ShapingOperator {
    let name = "Concat"
    let signature = Signature(
        inputs: [.init("inputs", TypeSets.classic.union([.bfloat16]), .variadic(minimum: 1))],
        outputs: [.init("concat_result", TypeSets.classic.union([.bfloat16]))],
        attributes: [.init("axis", isRequired: true)], versions: [4, 11, 13])

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        let shapes = site.operands.indices.map { site.shape($0)?.dimensions }
        guard let first = shapes.compactMap(\.self).first else { return nil }
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: first.count, site.path)
        var result = first
        var sum = Dimension.fixed(0)
        for (index, shape) in shapes.enumerated() {
            guard let shape else {
                sum = .unknown
                continue
            }
            guard shape.count == first.count else {
                throw OperatorError(
                    .shape, subject: site.path, reason: "input \(index) has rank \(shape.count), others \(first.count)")
            }
            sum = index == 0 ? shape[axis] : ElementArithmetic.add(sum, shape[axis])
            for other in shape.indices where other != axis {
                if let a = result[other].value, let b = shape[other].value, a != b {
                    throw OperatorError(
                        .shape, subject: site.path,
                        reason: "input \(index) has extent \(b) along axis \(other), others \(a)",
                        remedy: "inputs may differ along axis \(axis) only")
                }
                if result[other].value == nil, shape[other] != .unknown { result[other] = shape[other] }
            }
        }
        result[axis] = sum
        return SymbolicShape(result)
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        var elements: [Dimension] = []
        for index in site.operands.indices {
            guard let part = site.elements(index) ?? unknownElements(site.shape(index)) else { return [nil] }
            elements += part
        }
        return [elements]
    }

    private func unknownElements(_ shape: SymbolicShape?) -> [Dimension]? {
        guard let shape, shape.dimensions.count == 1, let count = shape.dimensions[0].value, count <= 16 else {
            return nil
        }
        return [Dimension](repeating: .unknown, count: count)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let shape = try inferShape(site)
        return [try commonElementType(site).map { .tensor($0, shape) }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        var tensors: [Tensor] = []
        for index in call.inputs.indices { tensors.append(try call.tensor(index)) }
        let shape = try inferShape(call.typedSite)
        guard let shape = shape?.shape, let first = tensors.first else {
            throw OperatorError(.arity, subject: call.path, reason: "it joins nothing")
        }
        let axis = try Axes.normalize(try attributes(call).int("axis"), rank: shape.rank, call.path)
        let rounds = first.shape.dimensions[..<axis].extentProduct
        return [.tensor(try JoinMovement(rounds: rounds).tensor(from: tensors, shape: shape, path: call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let rank = try site.requireRank(0)
        let axis = try Axes.normalize(try attributes(site).int("axis"), rank: rank, site.path)
        var builder = PullbackBuilder(site)
        var start = 0
        for index in site.operands.indices {
            guard let extent = site.shape(index)?.dimensions[axis].value else {
                throw OperatorError(
                    .notDifferentiable, subject: site.path,
                    reason: "the extent of input \(index) along axis \(axis) is not known",
                    remedy: "give the model fixed input shapes and infer its types first")
            }
            builder.result(
                index,
                builder.body.slice(builder.gradient(), starts: [start], ends: [start + extent], axes: [axis]))
            start += extent
        }
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let rank = site.rank(0),
            let axis = try? Axes.normalize(try attributes(site).int("axis"), rank: rank, site.path)
        else { return nil }
        return Lowering(.concatenation(axis: axis), operands: Array(site.operands.indices))
    }

    var examples: [Example] {
        [
            Example(
                "vectors", opset: 13, attributes: [Attribute("axis", .int(0))],
                inputs: [.floats([1, 2]), .floats([3])], expected: [.floats([1, 2, 3])]),
            Example(
                "channels", opset: 7, attributes: [Attribute("axis", .int(1))],
                inputs: [.noise([2, 1, 2, 2]), .noise([2, 3, 2, 2], seed: 2), .noise([2, 2, 2, 2], seed: 3)]),
            Example(
                "axis from the end", opset: 11, attributes: [Attribute("axis", .int(-1))],
                inputs: [.floats([1, 2], [2, 1]), .floats([3, 4], [2, 1])],
                expected: [.floats([1, 3, 2, 4], [2, 2])]),
        ]
    }
}

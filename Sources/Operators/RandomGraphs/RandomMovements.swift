import Graphs
import Tensors

/// Steps that move or reduce elements.
enum RandomMovements {
    static func movement(_ builder: inout RandomGraphBuilder) {
        guard let (entry, tensor) = builder.pick(where: { $1.elementCount > 0 && $1.shape.rank > 0 }) else { return }
        switch builder.random.integer(in: 0...10) {
        case 0, 1, 2: transposes(entry.name, tensor, &builder)
        case 3, 4: reshapes(entry.name, tensor, &builder)
        case 5: slices(entry.name, tensor, &builder)
        case 6: concats(entry.name, tensor, &builder)
        case 7: splits(entry.name, tensor, &builder)
        case 8: gathers(entry.name, tensor, &builder)
        case 9: pads(entry.name, tensor, &builder)
        default: stretches(entry.name, tensor, &builder)
        }
    }

    /// A Transpose, sometimes something element-wise, and sometimes the way back.
    static func transposes(_ name: String, _ tensor: Tensor, _ builder: inout RandomGraphBuilder) {
        let order = builder.random.shuffled(Array(0..<tensor.shape.rank))
        guard var value = builder.call("Transpose", [name], [Attribute("perm", .ints(order))]) else { return }
        if tensor.elementType == .float32 {
            for _ in 0..<builder.random.integer(in: 0...2) {
                let constant = builder.addConstant(builder.stretching(Shape(order.map { tensor.shape[$0] })))
                let next =
                    builder.chance(1, of: 2)
                    ? builder.call(builder.random.element(of: ["Relu", "Sigmoid", "Neg"]), [value])
                    : constant.flatMap { builder.call(builder.random.element(of: ["Add", "Mul"]), [value, $0]) }
                value = next ?? value
            }
        }
        switch builder.random.integer(in: 0...3) {
        case 0, 1: _ = builder.call("Transpose", [value], [Attribute("perm", .ints(order.inverse))])
        case 2:
            let other = builder.random.shuffled(Array(0..<tensor.shape.rank))
            _ = builder.call("Transpose", [value], [Attribute("perm", .ints(other))])
        default: break
        }
    }

    /// A shape with as many elements.
    static func shape(of count: Int, _ builder: inout RandomGraphBuilder) -> [Int] {
        var rest = count
        var extents: [Int] = []
        for _ in 0..<builder.random.integer(in: 0...3) {
            let divisors = (1...max(1, min(rest, 8))).filter { rest % $0 == 0 }
            let extent = builder.random.element(of: divisors)
            extents.append(extent)
            rest /= extent
        }
        extents.insert(rest, at: builder.random.integer(in: 0...extents.count))
        return extents
    }

    private static func reshapes(_ name: String, _ tensor: Tensor, _ builder: inout RandomGraphBuilder) {
        var value = name
        for _ in 0..<builder.random.integer(in: 1...3) {
            var target = shape(of: tensor.elementCount, &builder)
            if builder.chance(1, of: 3) { target[builder.random.integer(in: 0...(target.count - 1))] = -1 }
            let next: String?
            switch builder.random.integer(in: 0...5) {
            case 0: next = builder.call("Flatten", [value], [Attribute("axis", .int(1))])
            case 1:
                guard let known = builder.entry(value)?.tensor?.shape else { return }
                next = builder.axesCall("Unsqueeze", value, [builder.random.integer(in: 0...known.rank)])
            case 2:
                guard let known = builder.entry(value)?.tensor?.shape,
                    let axis = known.firstIndex(of: 1)
                else { continue }
                next = builder.axesCall("Squeeze", value, [axis])
            case 3 where tensor.elementType == .float32: next = builder.call("Tanh", [value])
            default: next = builder.call("Reshape", [value, builder.addIntegers(target)])
            }
            value = next ?? value
        }
    }

    private static func slices(_ name: String, _ tensor: Tensor, _ builder: inout RandomGraphBuilder) {
        let axis = builder.random.integer(in: 0...(tensor.shape.rank - 1))
        let extent = tensor.shape[axis]
        let isWhole = builder.chance(1, of: 3)
        let start = isWhole ? 0 : builder.random.integer(in: 0...(extent - 1))
        let end = isWhole ? Int(Int32.max) : builder.random.integer(in: (start + 1)...(extent + 1))
        let step = builder.chance(1, of: 4) ? 2 : 1
        let inputs = [[start], [end], [axis], [step]].map { builder.addIntegers($0) }
        if builder.chance(1, of: 6) {
            let reversed = [[-1], [Int(Int32.min)], [axis], [-1]].map { builder.addIntegers($0) }
            _ = builder.call("Slice", [name] + reversed)
        } else {
            _ = builder.call("Slice", [name] + inputs)
        }
    }

    private static func concats(_ name: String, _ tensor: Tensor, _ builder: inout RandomGraphBuilder) {
        let axis = builder.random.integer(in: 0...(tensor.shape.rank - 1))
        let same = builder.pick { $1.elementType == tensor.elementType && $1.shape == tensor.shape }
        let pieces = builder.chance(1, of: 4) ? [name] : [name, same?.entry.name ?? name]
        guard let joined = builder.call("Concat", pieces, [Attribute("axis", .int(axis))]) else { return }
        if builder.chance(1, of: 2) {
            _ = builder.call("Concat", [joined, name], [Attribute("axis", .int(axis - tensor.shape.rank))])
        }
    }

    private static func splits(_ name: String, _ tensor: Tensor, _ builder: inout RandomGraphBuilder) {
        guard let axis = tensor.shape.firstIndex(where: { $0 > 1 }), builder.opset >= 13 else { return }
        let first = builder.random.integer(in: 1...(tensor.shape[axis] - 1))
        let sizes = builder.addIntegers([first, tensor.shape[axis] - first])
        guard let parts = builder.add("Split", [name, sizes], [Attribute("axis", .int(axis))], outputs: 2) else {
            return
        }
        if builder.chance(1, of: 2) {
            let order = builder.chance(2, of: 3) ? parts : Array(parts.reversed())
            _ = builder.call("Concat", order, [Attribute("axis", .int(axis))])
        }
    }

    private static func gathers(_ name: String, _ tensor: Tensor, _ builder: inout RandomGraphBuilder) {
        let axis = builder.random.integer(in: 0...(tensor.shape.rank - 1))
        let indices = (0..<builder.random.integer(in: 1...3)).map { _ in
            builder.random.integer(in: -tensor.shape[axis]...(tensor.shape[axis] - 1))
        }
        let isScalar = builder.chance(1, of: 3)
        let constant = isScalar ? Tensor(scalar: Int64(indices[0])) : Tensor(indices.map(Int64.init))
        _ = builder.call("Gather", [name, builder.addConstant(constant)], [Attribute("axis", .int(axis))])
    }

    private static func pads(_ name: String, _ tensor: Tensor, _ builder: inout RandomGraphBuilder) {
        let isNothing = builder.chance(1, of: 3)
        let amounts = (0..<2 * tensor.shape.rank).map { _ in isNothing ? 0 : builder.random.integer(in: 0...1) }
        guard tensor.elementType == .float32 else { return }
        _ = builder.call("Pad", [name, builder.addIntegers(amounts)])
    }

    private static func stretches(_ name: String, _ tensor: Tensor, _ builder: inout RandomGraphBuilder) {
        if builder.chance(1, of: 2) {
            let repeats = tensor.shape.map { _ in builder.chance(3, of: 4) ? 1 : 2 }
            _ = builder.call("Tile", [name, builder.addIntegers(Array(repeats))])
        } else {
            let target = tensor.shape.map { $0 == 1 && builder.chance(1, of: 2) ? 3 : $0 }
            _ = builder.call("Expand", [name, builder.addIntegers(Array(target))])
        }
    }

    static func reduction(_ builder: inout RandomGraphBuilder) {
        guard let (entry, tensor) = builder.pickFloat(minimumRank: 1) else { return }
        let type = builder.random.element(of: ["ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL2"])
        let axes = tensor.shape.indices.filter { _ in builder.chance(1, of: 2) }
        guard !axes.isEmpty else { return }
        _ = builder.reduce(type, entry.name, axes: axes, keeps: builder.chance(1, of: 2))
    }
}

extension RandomGraphBuilder {
    /// A call that takes axes, in the form of the operator set.
    mutating func axesCall(_ type: String, _ name: String, _ axes: [Int]) -> String? {
        opset >= 13 ? call(type, [name, addIntegers(axes)]) : call(type, [name], [Attribute("axes", .ints(axes))])
    }

    /// A reduction, in the form of the operator set.
    mutating func reduce(_ type: String, _ name: String, axes: [Int], keeps: Bool = true) -> String? {
        let keep = Attribute("keepdims", .int(keeps ? 1 : 0))
        return opset >= (type == "ReduceSum" ? 13 : 18)
            ? call(type, [name, addIntegers(axes)], [keep])
            : call(type, [name], [Attribute("axes", .ints(axes)), keep])
    }
}

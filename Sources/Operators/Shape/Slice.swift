import Graphs
import Tensors

/// A part of a tensor: along each named axis from `starts` to before `ends` in `steps`, which may be negative.
struct Slice: ShapingOperator {
    let name = "Slice"
    let signature = movement(
        [
            .init("starts", TypeSets.indices, .optional), .init("ends", TypeSets.indices, .optional),
            .init("axes", TypeSets.indices, .optional), .init("steps", TypeSets.indices, .optional),
        ], types: TypeSets.classic.union([.bfloat16]),
        attributes: [.init("starts"), .init("ends"), .init("axes")], versions: [1, 10, 11, 13])

    /// Bounds along some axes.
    private struct Bounds {
        let starts: [Int]
        let ends: [Int]
        let axes: [Int]
        let steps: [Int]

        init(
            starts: [Int], ends: [Int], axes: [Int]?, steps: [Int]?, rank: Int, _ path: String
        ) throws(OperatorError) {
            self.starts = starts
            self.ends = ends
            self.axes = try Axes.normalize(axes ?? Array(starts.indices), rank: rank, path)
            self.steps = steps ?? [Int](repeating: 1, count: starts.count)
            guard ends.count == starts.count, self.axes.count == starts.count, self.steps.count == starts.count else {
                throw OperatorError(.shape, subject: path, reason: "starts, ends, axes and steps differ in length")
            }
            guard !self.steps.contains(0) else {
                throw OperatorError(.attribute, subject: path, reason: "a step is 0")
            }
        }

        /// The first position, the step and the number of positions along an axis.
        func positions(_ index: Int, extent: Int) -> (first: Int, step: Int, count: Int) {
            let step = steps[index]
            let wrap = { (bound: Int) in bound < 0 ? Swift.max(bound, -extent - 1) + extent : bound }
            let (low, high) = step > 0 ? (0, extent) : (-1, extent - 1)
            let start = Swift.min(Swift.max(wrap(starts[index]), Swift.max(low, 0)), high)
            let end = Swift.min(Swift.max(wrap(ends[index]), low), step > 0 ? extent : high)
            let span = step > 0 ? end - start : start - end
            let stride = step == .min ? .max : Swift.abs(step)
            return (start, step, span <= 0 ? 0 : (span - 1) / stride + 1)
        }
    }

    private func bounds(_ site: CallSite, rank: Int) throws(OperatorError) -> Bounds? {
        guard case .known(let starts) = try site.integers("starts", orInput: 1),
            case .known(let ends) = try site.integers("ends", orInput: 2)
        else { return nil }
        let axes = try site.integers("axes", orInput: 3)
        let steps = try site.integers("steps", orInput: 4)
        if case .unknown = axes { return nil }
        if case .unknown = steps { return nil }
        return try Bounds(
            starts: starts, ends: ends, axes: axes == .absent ? nil : axes.known(or: []),
            steps: steps == .absent ? nil : steps.known(or: []), rank: rank, site.path)
    }

    func inferShape(_ site: CallSite) throws(OperatorError) -> SymbolicShape? {
        guard let data = site.shape(0) else { return nil }
        guard let bounds = try bounds(site, rank: data.dimensions.count) else {
            return .unknown(rank: data.dimensions.count)
        }
        var result = data.dimensions
        for (index, axis) in bounds.axes.enumerated() {
            if let extent = result[axis].value {
                result[axis] = .fixed(bounds.positions(index, extent: extent).count)
            } else if !(bounds.starts[index] == 0 && bounds.ends[index] >= 1 << 31 - 1 && bounds.steps[index] == 1) {
                result[axis] = .unknown
            }
        }
        return SymbolicShape(result)
    }

    func inferElements(_ site: CallSite) throws(OperatorError) -> [[Dimension]?] {
        guard let elements = site.elements(0), site.rank(0) == 1, let bounds = try bounds(site, rank: 1) else {
            return [nil]
        }
        guard !bounds.axes.isEmpty else { return [elements] }
        let (first, step, count) = bounds.positions(0, extent: elements.count)
        return [(0..<count).map { elements[first + $0 * step] }]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        guard let starts = try call.integers("starts", orInput: 1), let ends = try call.integers("ends", orInput: 2)
        else { throw OperatorError(.arity, subject: call.path, reason: "it has no starts or no ends") }
        let bounds = try Bounds(
            starts: starts, ends: ends, axes: try call.integers("axes", orInput: 3),
            steps: try call.optionalIntegers(4), rank: data.shape.rank, call.path)
        var offsets = AxisGather.identity(data.shape)
        for (index, axis) in bounds.axes.enumerated() {
            let (first, step, count) = bounds.positions(index, extent: data.shape[axis])
            let all = offsets[axis]
            offsets[axis] = (0..<count).map { all[first + $0 * step] }
        }
        let shape = Shape(offsets.map(\.count))
        return [.tensor(try AxisGather(offsets: offsets).tensor(from: [data], shape: shape, path: call.path))]
    }

    /// Each axis puts its rows back where they came from, by an index into the rows and one row of zeros.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let rank = try site.requireRank(0)
        guard let bounds = try bounds(site, rank: rank) else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "its bounds are not constant",
                remedy: "fold constants first")
        }
        var builder = PullbackBuilder(site)
        let type = try site.requireElementType(0)
        var value = builder.gradient()
        for (index, axis) in bounds.axes.enumerated() {
            guard let extent = site.shape(0)?.dimensions[axis].value else {
                throw OperatorError(
                    .notDifferentiable, subject: site.path, reason: "the extent of axis \(axis) is not known",
                    remedy: "give the model fixed input shapes and infer its types first")
            }
            let (first, step, count) = bounds.positions(index, extent: extent)
            if first == 0, step == 1, count == extent { continue }
            if count == 0 {
                builder.result(0, try builder.body.zeros(builder.body.shape(builder.input(0)), type))
                return builder.pullback()
            }
            // Position of each data row among the rows of the gradient; the row after the last is zero.
            var rows = [Int](repeating: count, count: extent)
            for position in 0..<count { rows[first + position * step] = position }
            let sample = builder.body.slice(value, starts: [0], ends: [1], axes: [axis])
            let zero = try builder.body.zeros(builder.body.shape(sample), type)
            let extended = builder.body.call("Concat", [value, zero], [Attribute("axis", .int(axis))])
            value = builder.body.call(
                "Gather", [extended, builder.body.integers(rows)], [Attribute("axis", .int(axis))])
        }
        builder.result(0, value)
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let shape = site.fixedShape(0), let bounds = try? bounds(site, rank: shape.rank) else { return nil }
        var walk = Kernel.Walk(
            starts: [Int](repeating: 0, count: shape.rank), steps: [Int](repeating: 1, count: shape.rank),
            counts: shape.dimensions)
        for (index, axis) in bounds.axes.enumerated() {
            let (first, step, count) = bounds.positions(index, extent: shape[axis])
            // A step that is never taken may be of any size.
            (walk.starts[axis], walk.steps[axis], walk.counts[axis]) = (first, count > 1 ? step : 1, count)
        }
        guard Set(bounds.axes).count == bounds.axes.count, walk.counts.allSatisfy({ $0 > 0 }) else { return nil }
        return Lowering(.slice(walk), operands: [0])
    }

    var examples: [Example] {
        let data = Value.floats([1, 2, 3, 4, 5, 6, 7, 8], [2, 4])
        return [
            Example(
                "all inputs", opset: 13,
                inputs: [data, .ints([1, 0]), .ints([2, 3]), .ints([0, 1]), .ints([1, 2])],
                constantInputs: [1, 2, 3, 4], expected: [.floats([5, 7], [1, 2])]),
            Example(
                "backwards", opset: 11, inputs: [data, .ints([-1]), .ints([-100]), .ints([1]), .ints([-1])],
                constantInputs: [1, 2, 3, 4], expected: [.floats([4, 3, 2, 1, 8, 7, 6, 5], [2, 4])]),
            Example(
                "attributes", opset: 9,
                attributes: [
                    Attribute("starts", .ints([0, 1])), Attribute("ends", .ints([-1, 1000])),
                    Attribute("axes", .ints([0, 1])),
                ], inputs: [data], expected: [.floats([2, 3, 4], [1, 3])]),
            Example(
                "first axes unless named", opset: 10, inputs: [data, .ints([1]), .ints([9])], constantInputs: [1, 2],
                expected: [.floats([5, 6, 7, 8], [1, 4])]),
            Example(
                "nothing left", opset: 13, inputs: [data, .ints([3]), .ints([1]), .ints([1])],
                constantInputs: [1, 2, 3], expected: [.floats([], [2, 0])]),
        ]
    }
}

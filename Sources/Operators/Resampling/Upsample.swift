import Graphs
import Tensors

/// The predecessor of `Resize`: positions from the corner, nearest below or linear.
struct Upsample: Operator {
    let name = "Upsample"
    let family = OperatorFamily.resampling
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [.init("X", TypeSets.classic), .init("scales", [.float32], .optional)],
        outputs: [.init("Y", TypeSets.classic)],
        attributes: [.init("mode", default: .string("nearest")), .init("scales")], versions: [7, 9, 10])

    private func extents(_ shape: Shape, _ scales: [Float], _ path: String) throws(OperatorError) -> [Int] {
        guard scales.count == shape.rank, scales.allSatisfy({ $0 >= 1 && $0 < 1e9 }) else {
            throw OperatorError(
                .attribute, subject: path, reason: "scales \(scales) do not fit data of shape \(shape)",
                remedy: "give one scale of 1 or more an axis")
        }
        return zip(shape, scales).map { Int(exactly: (Float($0) * $1).rounded(.down)) ?? .max }
    }

    private func plan(_ site: CallSite, _ scales: [Float], _ shape: Shape) throws(OperatorError) -> ResizePlan {
        let outputs = try extents(shape, scales, site.path)
        _ = try Shape(outputs).allocatableCount(site.path)
        let filter: ResamplingMode.Filter
        switch try attributes(site).string("mode") {
        case "nearest": filter = .nearest(.floor)
        case "linear", "bilinear": filter = .linear
        case let other: throw OperatorError(.attribute, subject: site.path, reason: "mode is '\(other)'")
        }
        let mode = ResamplingMode(filter: filter, coordinates: .asymmetric)
        let axes = shape.indices.map {
            AxisResampling(input: shape[$0], output: outputs[$0], scale: Double(scales[$0]), mode: mode)
        }
        return ResizePlan(axes: axes, mode: mode, filling: 0)
    }

    private func scales(_ site: CallSite, _ input: Tensor?) throws(OperatorError) -> [Float]? {
        if let given = try attributes(site).optionalFloats("scales") { return given }
        guard let input else { return nil }
        return try input.elements(site.path)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard let shape = site.shape(0) else { return [.tensor(type, nil)] }
        guard let fixed = shape.shape, let scales = try scales(site, site.operand(1)?.constant) else {
            return [.tensor(type, .unknown(rank: shape.dimensions.count))]
        }
        return [.tensor(type, SymbolicShape(Shape(try extents(fixed, scales, site.path))))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        guard let scales = try scales(call.site, try call.optionalTensor(1)) else {
            throw OperatorError(.arity, subject: call.path, reason: "it has no scales")
        }
        return [.tensor(try plan(call.site, scales, data.shape).evaluate(data, call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let shape = try site.requireFixedShape(0)
        guard let scales = try scales(site, site.operand(1)?.constant) else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "its scales are not constant",
                remedy: "fold constants first")
        }
        return try plan(site, scales, shape).pullback(site)
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let shape = site.fixedShape(0), let scales = try? scales(site, site.operand(1)?.constant),
            let plan = try? plan(site, scales, shape)
        else { return nil }
        return plan.lowering(site, scales: scales.map(Double.init))
    }

    var examples: [Example] {
        let square = Value.floats([1, 2, 3, 4], [1, 1, 2, 2])
        return [
            Example(
                "scales as an attribute", opset: 7, attributes: [Attribute("scales", .floats([1, 1, 2, 1]))],
                inputs: [square], expected: [.floats([1, 2, 1, 2, 3, 4, 3, 4], [1, 1, 4, 2])]),
            Example(
                "scales as an input, linear", opset: 9, attributes: [Attribute("mode", .string("linear"))],
                inputs: [square, .floats([1, 1, 1, 2])], constantInputs: [1],
                expected: [.floats([1, 1.5, 2, 2, 3, 3.5, 4, 4], [1, 1, 2, 4])]),
        ]
    }
}

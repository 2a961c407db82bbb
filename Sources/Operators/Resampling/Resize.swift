import Graphs
import Tensors

/// A tensor resampled to other extents: nearest, linear or cubic, by scales or by sizes.
///
/// Where a scale times an extent is not whole, positions are computed with the unrounded product, as the cases of the
/// standard expect (`align_corners`, `tf_crop_and_resize`).
struct Resize: Operator {
    let name = "Resize"
    let family = OperatorFamily.resampling
    let agreement = Agreement.accumulation
    let signature = Signature(
        inputs: [
            .init("X", TypeSets.classic.union([.bfloat16])), .init("roi", TypeSets.floats, .optional),
            .init("scales", [.float32], .optional), .init("sizes", TypeSets.int64, .optional),
        ],
        outputs: [.init("Y", TypeSets.classic.union([.bfloat16]))],
        attributes: [
            .init("antialias", default: .int(0)), .init("axes"),
            .init("coordinate_transformation_mode", default: .string("half_pixel")),
            .init("cubic_coeff_a", default: .float(-0.75)), .init("exclude_outside", default: .int(0)),
            .init("extrapolation_value", default: .float(0)),
            .init("keep_aspect_ratio_policy", default: .string("stretch")), .init("mode", default: .string("nearest")),
            .init("nearest_mode", default: .string("round_prefer_floor")),
        ], versions: [10, 11, 13, 18, 19])

    /// The inputs that decide the result's extents.
    private struct Request {
        var region: [Double]?
        var scales: [Double]?
        var sizes: [Int]?
    }

    /// The positions of scales and sizes among the inputs.
    private func places(_ opset: Int) -> (region: Int?, scales: Int, sizes: Int?) {
        opset < 11 ? (nil, 1, nil) : (1, 2, 3)
    }

    private func mode(_ site: CallSite) throws(OperatorError) -> ResamplingMode {
        let attributes = attributes(site)
        func unknown(_ name: String, _ value: String) -> OperatorError {
            OperatorError(
                .attribute, subject: site.path, reason: "\(name) is '\(value)', which the standard does not know")
        }
        // Version 10 knew one way only.
        let rounding = site.opset < 11 ? "floor" : try attributes.string("nearest_mode")
        let place = site.opset < 11 ? "asymmetric" : try attributes.string("coordinate_transformation_mode")
        guard let coordinates = ResamplingMode.Coordinates(rawValue: place) else {
            throw unknown("coordinate_transformation_mode", place)
        }
        var result = ResamplingMode(filter: .linear, coordinates: coordinates)
        switch try attributes.string("mode") {
        case "linear": break
        case "cubic": result.filter = .cubic(a: Double(try attributes.float("cubic_coeff_a")))
        case "nearest":
            guard let rounding = ResamplingMode.Rounding(rawValue: rounding) else {
                throw unknown("nearest_mode", rounding)
            }
            result.filter = .nearest(rounding)
        case let other: throw unknown("mode", other)
        }
        result.smooths = try attributes.flag("antialias")
        result.excludesOutside = try attributes.flag("exclude_outside")
        return result
    }

    /// The scales and extents of every axis.
    private func extents(
        _ site: CallSite, _ request: Request, _ shape: Shape
    ) throws(OperatorError) -> (scales: [Double], outputs: [Int]) {
        let axes = try Axes.normalize(
            try attributes(site).optionalInts("axes") ?? Array(shape.indices), rank: shape.rank, site.path)
        var scales = [Double](repeating: 1, count: shape.rank)
        var outputs = shape.dimensions
        if let sizes = request.sizes, !sizes.isEmpty {
            guard sizes.count == axes.count, sizes.allSatisfy({ $0 >= 0 }) else { throw misfit("sizes", site) }
            for (index, axis) in axes.enumerated() {
                outputs[axis] = sizes[index]
                scales[axis] = Double(sizes[index]) / Double(shape[axis])
            }
            try keepAspect(site, axes, shape, &scales, &outputs)
        } else if let given = request.scales, !given.isEmpty {
            guard given.count == axes.count, given.allSatisfy({ $0 > 0 && $0 < 1e9 }) else {
                throw misfit("scales", site)
            }
            for (index, axis) in axes.enumerated() {
                scales[axis] = given[index]
                let extent = (Float(shape[axis]) * Float(given[index])).rounded(.down)
                outputs[axis] = Int(exactly: extent) ?? .max
            }
        } else {
            throw OperatorError(
                .arity, subject: site.path, reason: "it has neither scales nor sizes", remedy: "give one of them")
        }
        return (scales, outputs)
    }

    private func keepAspect(
        _ site: CallSite, _ axes: [Int], _ shape: Shape, _ scales: inout [Double], _ outputs: inout [Int]
    ) throws(OperatorError) {
        let factors = axes.map { scales[$0] }
        let common: Double?
        switch try attributes(site).string("keep_aspect_ratio_policy") {
        case "stretch": return
        case "not_larger": common = factors.min()
        case "not_smaller": common = factors.max()
        case let other:
            throw OperatorError(.attribute, subject: site.path, reason: "keep_aspect_ratio_policy is '\(other)'")
        }
        guard let common, common.isFinite else { return }
        for axis in axes {
            scales[axis] = common
            outputs[axis] = Int(exactly: (common * Double(shape[axis]) + 0.5).rounded(.down)) ?? .max
        }
    }

    private func misfit(_ name: String, _ site: CallSite) -> OperatorError {
        OperatorError(.shape, subject: site.path, reason: "\(name) do not fit the axes that are resized")
    }

    private func plan(_ site: CallSite, _ request: Request, _ shape: Shape) throws(OperatorError) -> ResizePlan {
        let (scales, outputs) = try extents(site, request, shape)
        _ = try Shape(outputs).allocatableCount(site.path)
        let mode = try mode(site)
        var regions = [(start: Double, end: Double)](repeating: (0, 1), count: shape.rank)
        if mode.coordinates == .cropAndResize, let region = request.region {
            let axes = try Axes.normalize(
                try attributes(site).optionalInts("axes") ?? Array(shape.indices), rank: shape.rank, site.path)
            guard region.count == 2 * axes.count else { throw misfit("regions", site) }
            for (index, axis) in axes.enumerated() { regions[axis] = (region[index], region[axes.count + index]) }
        }
        let axes = shape.indices.map { axis in
            // An axis that nothing is asked of stays as it is.
            AxisResampling(
                input: shape[axis], output: outputs[axis], scale: scales[axis],
                mode: scales[axis] == 1 && outputs[axis] == shape[axis] && regions[axis] == (0, 1)
                    ? ResamplingMode(filter: .nearest(.floor), coordinates: .asymmetric) : mode,
                region: regions[axis])
        }
        return ResizePlan(axes: axes, mode: mode, filling: try attributes(site).float("extrapolation_value"))
    }

    /// What constants tell; `nil` where an input that matters is not constant.
    private func request(_ site: CallSite) -> Request? {
        let (region, scales, sizes) = places(site.opset)
        var request = Request()
        if let region, site.hasInput(region) {
            guard let tensor = site.operand(region)?.constant else { return nil }
            request.region = Self.numbers(tensor, site.path)
        }
        if site.hasInput(scales) {
            guard let tensor = site.operand(scales)?.constant else { return nil }
            request.scales = Self.numbers(tensor, site.path)
        }
        if let sizes, site.hasInput(sizes) {
            guard let values = site.integers(sizes) else { return nil }
            request.sizes = values
        }
        return request
    }

    private static func numbers(_ tensor: Tensor, _ path: String) -> [Double]? {
        guard let wide = try? Conversion.convert(tensor, to: .float64, path) else { return nil }
        return try? wide.elements(path)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let type = site.elementType(0) else { return [nil] }
        guard let shape = site.shape(0) else { return [.tensor(type, nil)] }
        if let fixed = shape.shape, let request = request(site) {
            return [.tensor(type, SymbolicShape(Shape(try extents(site, request, fixed).outputs)))]
        }
        var result = [Dimension](repeating: .unknown, count: shape.dimensions.count)
        let isStretched = try attributes(site).string("keep_aspect_ratio_policy") == "stretch"
        let axes = try Axes.normalize(
            try attributes(site).optionalInts("axes") ?? Array(result.indices), rank: result.count, site.path)
        for axis in result.indices where !axes.contains(axis) { result[axis] = shape.dimensions[axis] }
        if isStretched, let sizes = places(site.opset).sizes, let elements = site.elements(sizes),
            elements.count == axes.count
        {
            for (index, axis) in axes.enumerated() { result[axis] = elements[index] }
        } else if let scales = request(site)?.scales, scales.count == axes.count {
            for (index, axis) in axes.enumerated() where scales[index] == 1 { result[axis] = shape.dimensions[axis] }
        }
        return [.tensor(type, SymbolicShape(result))]
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let (region, scales, sizes) = places(call.opset)
        var request = Request()
        if let region { request.region = try call.optionalTensor(region).flatMap { Self.numbers($0, call.path) } }
        request.scales = try call.optionalTensor(scales).flatMap { Self.numbers($0, call.path) }
        if let sizes { request.sizes = try call.optionalIntegers(sizes) }
        return [.tensor(try plan(call.site, request, data.shape).evaluate(data, call.path))]
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let shape = try site.requireFixedShape(0)
        guard let request = request(site) else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "its scales or sizes are not constant",
                remedy: "fold constants first")
        }
        return try plan(site, request, shape).pullback(site)
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard let shape = site.fixedShape(0), let request = request(site),
            let scales = try? extents(site, request, shape).scales, let plan = try? plan(site, request, shape)
        else { return nil }
        return plan.lowering(site, scales: scales)
    }

    var examples: [Example] { ResizeExamples.all }
}

import Tensors

/// How a tensor is resampled, axis by axis.
struct ResizePlan: Sendable {
    /// One plan an axis.
    let axes: [AxisResampling]
    /// The interpolation.
    let mode: ResamplingMode
    /// What stands where a cropped region reaches beyond the data.
    let filling: Float

    /// The shape of the result.
    var shape: Shape { Shape(axes.map(\.output)) }

    /// True where every output element is one input element, or the filling.
    private var isSelection: Bool {
        if case .nearest = mode.filter { true } else { false }
    }

    /// The resampled tensor.
    func evaluate(_ data: Tensor, _ path: String) throws(OperatorError) -> Tensor {
        _ = try shape.allocatableCount(path)
        if isSelection { return try select(data, path) }
        switch data.elementType {
        case .float32, .float64:
            return try data.elementType.dispatchReal(Interpolation(plan: self, data: data, path: path), path: path)
        default:
            let wide = try Conversion.convert(data, to: .float32, path)
            let kernel = Interpolation(plan: self, data: wide, path: path)
            return try Conversion.convert(
                try ElementType.float32.dispatchReal(kernel, path: path), to: data.elementType, path)
        }
    }

    private func select(_ data: Tensor, _ path: String) throws(OperatorError) -> Tensor {
        let strides = data.shape.strides
        let offsets = axes.enumerated().map { axis, plan in
            plan.taps.map { taps in taps.first.map { $0.source * strides[axis] } ?? -1 }
        }
        let isNumber = data.elementType != .string && data.elementType.bitWidth <= 64
        let outside =
            filling != 0 && isNumber
            ? try Conversion.convert(Tensor(scalar: filling), to: data.elementType, path)
            : try Tensor.zero(data.elementType, path)
        return try AxisGather(offsets: offsets).tensor(from: [data, outside], shape: shape, path: path)
    }

    /// Weighted sums along one axis after the other.
    private struct Interpolation: RealKernel {
        let plan: ResizePlan
        let data: Tensor
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Tensor {
            var values: [T] = try data.elements(path)
            var extents = data.shape.dimensions
            for (axis, resampling) in plan.axes.enumerated() where !resampling.isIdentity {
                values = resampling.apply(
                    values, outer: extents[..<axis].extentProduct, inner: extents[(axis + 1)...].extentProduct,
                    filling: T(plan.filling))
                extents[axis] = resampling.output
            }
            return try Tensor.make(values, Shape(extents), path)
        }
    }

    /// The gradient: along each axis a product with its matrix of weights.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback {
        let type = try site.requireElementType(0)
        var builder = PullbackBuilder(site)
        var value = builder.gradient()
        for (axis, resampling) in axes.enumerated() where !resampling.isIdentity {
            let weights = try Tensor.make(resampling.matrix, [resampling.output, resampling.input], site.path)
            let matrix = builder.body.constant(try Conversion.convert(weights, to: type, site.path))
            var order = Array(axes.indices)
            order.swapAt(axis, axes.count - 1)
            let product = builder.body.matrixProduct(builder.body.transpose(value, order), matrix)
            value = builder.body.transpose(product, order)
        }
        builder.result(0, value)
        return builder.pullback()
    }

    /// The lowering to the resampling kernel, which takes positions at half pixels and scales that are the quotients of
    /// the extents, over spatial axes.
    func lowering(_ site: CallSite, scales: [Double]) -> Lowering? {
        guard site.elementType(0) == .float32, axes.count >= 3, axes[0].isIdentity, axes[1].isIdentity, !mode.smooths,
            !mode.excludesOutside
        else { return nil }
        let size = axes[2...].map(\.output)
        let quotients = axes.map { Double($0.output) / Double(max(1, $0.input)) }
        guard zip(scales, quotients).allSatisfy({ abs($0 - $1) < 1e-6 }) else { return nil }
        switch (mode.filter, mode.coordinates) {
        case (.linear, .halfPixel), (.linear, .halfPixelSymmetric):
            return Lowering(.resampling(.linear, outputSize: size), operands: [0])
        case (.nearest(.floor), .asymmetric), (.nearest(.preferFloor), .halfPixel),
            (.nearest(.preferCeiling), .halfPixel):
            // Repeating each element a whole number of times is the same under all of these.
            guard quotients.allSatisfy({ $0 >= 1 && $0 == $0.rounded() }) else { return nil }
            return Lowering(.resampling(.nearest, outputSize: size), operands: [0])
        default: return nil
        }
    }
}

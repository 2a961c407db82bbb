import Graphs
import Tensors

/// The gradient of a discrete Fourier transform: the transform is linear, and its adjoint is the transform in the other
/// direction, scaled.
struct DFTGradient {
    private let site: CallSite
    private let form: DFTForm
    private let data: Shape
    private let axis: Int
    private let length: Int
    private var builder: PullbackBuilder

    init(_ site: CallSite, _ target: DFT) throws(OperatorError) {
        self.site = site
        form = try DFTForm(target.attributes(site))
        data = try site.requireFixedShape(0)
        var axis = -2
        if site.opset < 20 {
            axis = try target.attributes(site).int("axis")
        } else if site.hasInput(2) {
            axis = try Self.constant(site, 2)
        }
        self.axis = try DFTForm.signalAxis(axis, rank: data.rank, site.path)
        length = site.hasInput(1) ? try Self.constant(site, 1) : form.defaultLength(data[self.axis])
        guard length > 0 else {
            throw OperatorError(.shape, subject: site.path, reason: "dft_length is \(length)")
        }
        _ = try Shape([length]).allocatableCount(site.path)
        builder = PullbackBuilder(site)
    }

    private static func constant(_ site: CallSite, _ index: Int) throws(OperatorError) -> Int {
        guard let value = site.integers(index)?.first else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "input \(index) is not constant",
                remedy: "make it an initializer")
        }
        return value
    }

    func pullback() throws(OperatorError) -> Pullback? {
        var builder = builder
        var gradient = builder.gradient()
        var extent = length
        if form.isRealInverse {
            gradient = try halfSpectrum(gradient, &builder)
            extent = length / 2 + 1
        } else {
            gradient = try wholeSignal(gradient, &builder)
        }
        gradient = try fitted(gradient, extent, &builder)
        if data[data.rank - 1] == 1 {
            gradient = builder.body.slice(gradient, starts: [0], ends: [1], axes: [data.rank - 1])
        }
        builder.result(0, gradient)
        return builder.pullback()
    }

    /// The adjoint of a transform to a whole spectrum or its first half, whose other half has no gradient.
    private func wholeSignal(_ gradient: String, _ builder: inout PullbackBuilder) throws(OperatorError) -> String {
        let back = transform(gradient, isInverse: !form.isInverse, &builder)
        let scale = form.isInverse ? 1 / Double(length) : Double(length)
        return builder.body.multiply(back, try builder.scalar(scale))
    }

    /// The adjoint of a transform of half a spectrum: inner frequencies stand for their conjugates too.
    private func halfSpectrum(_ gradient: String, _ builder: inout PullbackBuilder) throws(OperatorError) -> String {
        let back = transform(gradient, isInverse: false, &builder)
        let count = length / 2 + 1
        let half = builder.body.slice(back, starts: [0], ends: [count], axes: [axis])
        let weights = (0..<count).map { $0 == 0 || 2 * $0 == length ? 1 / Double(length) : 2 / Double(length) }
        var shape = [Int](repeating: 1, count: data.rank - axis)
        shape[0] = count
        let tensor = try Tensor.make(weights, Shape(shape), site.path)
        let constant = try Conversion.convert(tensor, to: try site.requireElementType(0), site.path)
        return builder.body.multiply(half, builder.body.constant(constant))
    }

    private func transform(_ signal: String, isInverse: Bool, _ builder: inout PullbackBuilder) -> String {
        var attributes = [Attribute("inverse", .int(isInverse ? 1 : 0))]
        var inputs = [signal, builder.body.integer(length)]
        if site.opset >= 20 {
            inputs.append(builder.body.integer(axis))
        } else {
            attributes.append(Attribute("axis", .int(axis)))
        }
        return builder.body.call("DFT", inputs, attributes)
    }

    /// A gradient of `extent` elements along the axis, cut or filled up to those of the input.
    private func fitted(
        _ gradient: String, _ extent: Int, _ builder: inout PullbackBuilder
    ) throws(OperatorError) -> String {
        let own = data[axis]
        if extent > own { return builder.body.slice(gradient, starts: [0], ends: [own], axes: [axis]) }
        if extent == own { return gradient }
        var shape = data
        shape[axis] = own - extent
        shape[data.rank - 1] = 2
        let rest = try builder.body.zeros(
            builder.body.integers(shape.dimensions), try site.requireElementType(0))
        return builder.body.call("Concat", [gradient, rest], [Attribute("axis", .int(axis))])
    }
}

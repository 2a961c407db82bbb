import Graphs
import Tensors

/// Local response normalisation across channels: `x / (bias + alpha / size · Σ x²)^beta` over `size` channels around.
///
/// Source: Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural Networks" (2012),
/// section 3.3; the window reaches ⌊(size − 1) / 2⌋ channels down and ⌈(size − 1) / 2⌉ up.
struct LRN: NormalizingOperator {
    let name = "LRN"
    static let operationsPerElement = 8.0
    let signature = Signature(
        inputs: [.init("X", TypeSets.floats)], outputs: [.init("Y", TypeSets.floats)],
        attributes: [
            .init("alpha", default: .float(1e-4)), .init("beta", default: .float(0.75)),
            .init("bias", default: .float(1)), .init("size", isRequired: true),
        ], versions: [1, 13])

    /// The channels whose squares count for one.
    private static func window(_ channel: Int, size: Int, channels: Int) -> Range<Int> {
        max(0, channel - (size - 1) / 2)..<min(channels, channel + size / 2 + 1)
    }

    private func size(_ attributes: Attributes) throws(OperatorError) -> Int {
        let size = try attributes.int("size")
        guard size > 0, size < 1 << 31 else {
            throw OperatorError(.attribute, subject: attributes.path, reason: "size is \(size)")
        }
        return size
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        return try call.widened { (call) throws(OperatorError) in
            let data = try channelData(call)
            let kernel = ResponseKernel(
                data: data, size: try size(attributes), alpha: Double(try attributes.float("alpha")),
                beta: Double(try attributes.float("beta")), bias: Double(try attributes.float("bias")), path: call.path)
            return [try data.elementType.dispatchReal(kernel, path: call.path)]
        }
    }

    private struct ResponseKernel: RealKernel {
        let data: Tensor
        let size: Int
        let alpha: Double
        let beta: Double
        let bias: Double
        let path: String

        func run<T: Real>(_ type: T.Type) throws(OperatorError) -> Value {
            let values: [T] = try data.elements(path)
            if values.isEmpty { return try .make(values, data.shape, path) }
            let channels = data.shape[1]
            let plane = data.shape.dimensions[2...].extentProduct
            let (factor, power, shift) = (T(alpha) / T(size), -T(beta), T(bias))
            var result = values
            var sums = [T](repeating: 0, count: plane)
            for image in 0..<data.shape[0] {
                for channel in 0..<channels {
                    for index in sums.indices { sums[index] = 0 }
                    for other in LRN.window(channel, size: size, channels: channels) {
                        let start = (image * channels + other) * plane
                        for index in 0..<plane { sums[index] += values[start + index] * values[start + index] }
                    }
                    let start = (image * channels + channel) * plane
                    for index in 0..<plane { result[start + index] *= T.pow(shift + factor * sums[index], power) }
                }
            }
            return try .make(result, data.shape, path)
        }
    }

    /// With s = bias + alpha / size · Σ x²: g · s^−β − 2 αβ / size · x · Σ' (g · x · s^(−β−1)), where Σ' sums over the
    /// channels whose window holds this one; window sums are products with a banded matrix.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        guard let channels = site.shape(0)?.dimensions.dropFirst().first?.value else {
            throw OperatorError(
                .notDifferentiable, subject: site.path, reason: "the number of channels is not known",
                remedy: "infer the shapes of the model first")
        }
        let attributes = attributes(site)
        let size = try size(attributes)
        let (alpha, beta) = (Double(try attributes.float("alpha")), Double(try attributes.float("beta")))
        let bias = Double(try attributes.float("bias"))
        var band = [Float](repeating: 0, count: channels * channels)
        for channel in 0..<channels {
            for other in Self.window(channel, size: size, channels: channels) { band[channel * channels + other] = 1 }
        }
        let type = try site.requireElementType(0)
        var builder = PullbackBuilder(site)
        let matrix = builder.body.constant(
            try Conversion.convert(try Tensor.make(band, [channels, channels], site.path), to: type, site.path))
        let flat = builder.body.integers([0, 0, -1])
        let data = builder.body.reshape(builder.input(0), to: flat)
        let upstream = builder.body.reshape(builder.gradient(), to: flat)
        let squares = builder.body.matrixProduct(matrix, builder.body.multiply(data, data))
        let scaled = builder.body.multiply(squares, try builder.scalar(alpha / Double(size)))
        let base = builder.body.add(scaled, try builder.scalar(bias))
        let power = builder.body.call("Pow", [base, try builder.scalar(-beta)])
        let direct = builder.body.multiply(upstream, power)
        let inner = builder.body.divide(builder.body.multiply(direct, data), base)
        let spread = builder.body.matrixProduct(builder.body.transpose(matrix, [1, 0]), inner)
        let factor = try builder.scalar(2 * alpha * beta / Double(size))
        let indirect = builder.body.multiply(builder.body.multiply(data, factor), spread)
        let total = builder.body.subtract(direct, indirect)
        builder.result(0, builder.body.reshape(total, to: builder.body.shape(builder.input(0))))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        guard site.elementType(0) == .float32, let rank = site.rank(0), rank >= 3,
            let size = try? size(attributes(site)), size % 2 == 1, let alpha = try? attributes(site).float("alpha"),
            let beta = try? attributes(site).float("beta"), let bias = try? attributes(site).float("bias")
        else { return nil }
        return Lowering(
            .localResponseNormalization(size: size, alpha: alpha, beta: beta, bias: bias), operands: [0])
    }

    var examples: [Example] {
        [
            Example(
                "neighbours", opset: 13,
                attributes: [
                    Attribute("size", .int(3)), Attribute("alpha", .float(3)), Attribute("beta", .float(1)),
                ], inputs: [.floats([1, 2, 3], [1, 3, 1])],
                expected: [.floats([1.0 / 6, 2.0 / 15, 3.0 / 14], [1, 3, 1])]),
            Example("defaults", opset: 7, attributes: [Attribute("size", .int(5))], inputs: [.noise([2, 6, 2, 2])]),
            Example(
                "even window", opset: 13,
                attributes: [
                    Attribute("size", .int(4)), Attribute("alpha", .float(0.5)), Attribute("bias", .float(2)),
                ], inputs: [.noise([1, 5, 2, 2])]),
        ]
    }
}

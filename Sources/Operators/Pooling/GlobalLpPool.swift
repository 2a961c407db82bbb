import Graphs
import Tensors

/// The p-norm of each channel of each image.
struct GlobalLpPool: GlobalPool {
    let name = "GlobalLpPool"
    let agreement = Agreement.approximation
    let signature = channelSignature(attributes: [.init("p", default: .int(2))], versions: [2, 22])

    private func power(_ attributes: Attributes) throws(OperatorError) -> Int {
        let power = try attributes.int("p")
        guard power > 0 else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "p is \(power)", remedy: "use 1 or more")
        }
        return power
    }

    func compute<T: Real>(
        _ values: [T], _ rows: NormalizationRows, _ attributes: Attributes
    ) throws(OperatorError) -> [T] {
        let power = T(try power(attributes))
        return rows.fold(values, initial: 0) { $0 + T.pow($1.magnitude, power) }.map { T.pow($0, 1 / power) }
    }

    /// sign(x) · (|x| / y)^(p−1) times the gradient.
    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let power = try power(attributes(site))
        var builder = PullbackBuilder(site)
        let input = builder.input(0)
        let ratio = builder.body.divide(builder.body.call("Abs", [input]), builder.output(0))
        let steep = builder.body.call("Pow", [ratio, try builder.scalar(Double(power - 1))])
        let slope = builder.body.multiply(builder.body.call("Sign", [input]), steep)
        builder.result(0, builder.body.multiply(slope, builder.gradient()))
        return builder.pullback()
    }

    func lowering(_ site: CallSite) -> Lowering? {
        switch try? power(attributes(site)) {
        case 1: reductionLowering(site, .l1Norm)
        case 2: reductionLowering(site, .l2Norm)
        default: nil
        }
    }

    var examples: [Example] {
        [
            Example(
                "Euclidean", opset: 22, inputs: [.floats([3, 4, -6, 8], [1, 2, 2])],
                expected: [.floats([5, 10], [1, 2, 1])]),
            Example("cube", opset: 7, attributes: [Attribute("p", .int(3))], inputs: [.noise([2, 2, 2, 2])]),
        ]
    }
}

/// The activation functions that recurrent operators name, with the parameters the standard gives them.
struct RecurrentActivation: Sendable, Hashable {
    /// The functions of the standard, by its names.
    enum Function: String, CaseIterable {
        case relu = "Relu"
        case tanh = "Tanh"
        case sigmoid = "Sigmoid"
        case affine = "Affine"
        case leakyRelu = "LeakyRelu"
        case thresholdedRelu = "ThresholdedRelu"
        case scaledTanh = "ScaledTanh"
        case hardSigmoid = "HardSigmoid"
        case elu = "Elu"
        case softsign = "Softsign"
        case softplus = "Softplus"

        /// The defaults of alpha and beta.
        var defaults: (alpha: Float, beta: Float) {
            switch self {
            case .affine, .thresholdedRelu, .scaledTanh, .elu: (1, self == .scaledTanh ? 1 : 0)
            case .leakyRelu: (0.01, 0)
            case .hardSigmoid: (0.2, 0.5)
            default: (0, 0)
            }
        }

        /// How many of alpha and beta the function takes.
        var parameterCount: Int {
            switch self {
            case .affine, .scaledTanh, .hardSigmoid: 2
            case .leakyRelu, .thresholdedRelu, .elu: 1
            default: 0
            }
        }
    }

    /// The function.
    let function: Function
    /// Its first parameter.
    let alpha: Float
    /// Its second parameter.
    let beta: Float

    /// Reads the activations of a node, `count` for each direction.
    ///
    /// - Throws: `OperatorError` of code `attribute` for unknown names or a wrong number.
    static func read(
        _ attributes: Attributes, defaults: [String], directions: Int
    ) throws(OperatorError) -> [[RecurrentActivation]] {
        let all = Array(repeatElement(defaults, count: directions).joined())
        let names = try attributes.optionalStrings("activations") ?? all
        var alphas = (try attributes.optionalFloats("activation_alpha") ?? [])[...]
        var betas = (try attributes.optionalFloats("activation_beta") ?? [])[...]
        guard names.count == all.count else {
            throw OperatorError(
                .attribute, subject: attributes.path,
                reason: "activations names \(names.count) functions where \(all.count) are due")
        }
        var result: [RecurrentActivation] = []
        for name in names {
            guard let function = Function.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() })
            else {
                throw OperatorError(
                    .attribute, subject: attributes.path, reason: "there is no activation '\(name)'",
                    remedy: "use one of \(Function.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            // Parameters are listed for those functions that take them, in order.
            let alpha = function.parameterCount > 0 ? alphas.popFirst() : nil
            let beta = function.parameterCount > 1 ? betas.popFirst() : nil
            result.append(
                RecurrentActivation(
                    function: function, alpha: alpha ?? function.defaults.alpha, beta: beta ?? function.defaults.beta))
        }
        return stride(from: 0, to: result.count, by: defaults.count).map {
            Array(result[$0..<$0 + defaults.count])
        }
    }

    /// The value of the function.
    func callAsFunction<T: Real>(_ x: T) -> T {
        let (a, b) = (T(alpha), T(beta))
        switch function {
        case .relu: return max(0, x)
        case .tanh: return T.tanh(x)
        case .sigmoid: return 1 / (1 + T.exp(-x))
        case .affine: return a * x + b
        case .leakyRelu: return x < 0 ? a * x : x
        case .thresholdedRelu: return x > a ? x : 0
        case .scaledTanh: return a * T.tanh(b * x)
        case .hardSigmoid: return min(max(a * x + b, 0), 1)
        case .elu: return x < 0 ? a * T.expm1(x) : x
        case .softsign: return x / (1 + x.magnitude)
        case .softplus: return max(x, 0) + T.log1p(T.exp(-x.magnitude))
        }
    }
}

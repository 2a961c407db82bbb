import Engines

/// Refuses options that the engine cannot obey, so that nothing is silently computed another way.
struct OptionCheck {
    /// The setting whether products with constant bytes quantise what they are multiplied with.
    ///
    /// Off unless it is on: a model with bytes as weights asks for real products, and 8 bits lose a hundredth of them.
    static let dynamicQuantization = "dynamic-quantization"

    private let capabilities: EngineCapabilities

    init(_ capabilities: EngineCapabilities) { self.capabilities = capabilities }

    /// - Throws: `EngineError` of code `invalidOption`.
    func check(_ options: EngineOptions) throws(EngineError) {
        let subject = NativeEngineFactory.engineName
        try options.requireProcessor(of: subject)
        guard capabilities.precisions.contains(options.precision) else {
            throw EngineError(
                .invalidOption, subject: subject, reason: "it does not compute in \(options.precision.rawValue)",
                remedy: "ask for \(capabilities.precisions.map(\.rawValue).joined(separator: " or "))")
        }
        guard (1...4096).contains(options.threads) else {
            throw EngineError(
                .invalidOption, subject: subject, reason: "\(options.threads) threads", remedy: "ask for 1 to 4096")
        }
        if let value = options.extra[Self.dynamicQuantization], !["on", "off"].contains(value) {
            throw EngineError(
                .invalidOption, subject: subject, reason: "\(Self.dynamicQuantization) is '\(value)'",
                remedy: "set it on or off")
        }
        if let key = options.extra.keys.sorted().first(where: { $0 != Self.dynamicQuantization }) {
            throw EngineError(
                .invalidOption, subject: subject, reason: "it has no setting named \(key)", remedy: "remove it")
        }
    }
}

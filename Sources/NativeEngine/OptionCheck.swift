import Engines

/// Refuses options that the engine cannot obey, so that nothing is silently computed another way.
struct OptionCheck {
    private let capabilities: EngineCapabilities

    init(_ capabilities: EngineCapabilities) { self.capabilities = capabilities }

    /// - Throws: `EngineError` of code `invalidOption`.
    func check(_ options: EngineOptions) throws(EngineError) {
        let subject = NativeEngineFactory.engineName
        guard capabilities.precisions.contains(options.precision) else {
            throw EngineError(
                .invalidOption, subject: subject, reason: "it does not compute in \(options.precision.rawValue)",
                remedy: "ask for \(capabilities.precisions.map(\.rawValue).joined(separator: " or "))")
        }
        guard (1...4096).contains(options.threads) else {
            throw EngineError(
                .invalidOption, subject: subject, reason: "\(options.threads) threads", remedy: "ask for 1 to 4096")
        }
        if let key = options.extra.keys.sorted().first {
            throw EngineError(
                .invalidOption, subject: subject, reason: "it has no setting named \(key)", remedy: "remove it")
        }
    }
}

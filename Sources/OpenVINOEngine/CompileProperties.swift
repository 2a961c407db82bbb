import COpenVINO
import Engines

/// What a model is compiled with: Assay's options in OpenVINO's own names.
struct CompileProperties {
    /// Key, value, key, value, … in the order of the keys.
    let pairs: [String]
    /// The property by which an exported model is written in plain text; `nil` where nobody will read it, or the release
    /// has none and writes it so anyway.
    let plainKey: String?

    /// Translates options.
    ///
    /// - Throws: `EngineError` of code `invalidOption` for what OpenVINO cannot obey or does not know.
    init(_ options: EngineOptions, runtime: Runtime) throws(EngineError) {
        let subject = "\(OpenVINOFactory.engineName) \(runtime.version)"
        try Self.refuse(options, subject: subject)
        for key in options.extra.keys.sorted() where !runtime.properties.contains(key) {
            throw EngineError(
                .invalidOption, subject: subject, reason: "its CPU plug-in has no property named \(key)",
                remedy: "the properties are: \(runtime.properties.sorted().joined(separator: ", "))")
        }
        let own = Self.entries(options).filter { runtime.properties.contains($0.key) }
        let all = own.merging(options.extra) { _, asked in asked }
        guard all.count < Int(ASSAY_OV_MAXIMUM_PROPERTIES) else {
            throw EngineError(.invalidOption, subject: subject, reason: "too many properties: \(all.count)")
        }
        plainKey = options.profiling ? runtime.functions.encryptionKey : nil
        pairs = all.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    }

    private static func refuse(_ options: EngineOptions, subject: String) throws(EngineError) {
        try options.requireProcessor(of: subject)
        guard options.precision != .i8 else {
            throw EngineError(
                .invalidOption, subject: subject, reason: "it computes in 8 bits only what the model quantises",
                remedy: "ask for f32, bf16 or f16, or quantise the model")
        }
        guard (1...4096).contains(options.threads) else {
            throw EngineError(
                .invalidOption, subject: subject, reason: "\(options.threads) threads", remedy: "ask for 1 to 4096")
        }
        guard options.optimization == .all else {
            throw EngineError(
                .invalidOption, subject: subject, reason: "its graph optimisations cannot be switched off",
                remedy: "leave `optimization` at `all`")
        }
        guard !options.spinning else {
            throw EngineError(
                .invalidOption, subject: subject, reason: "it has no setting by which idle threads spin",
                remedy: "leave `spinning` at `false`")
        }
    }

    /// One stream that nothing shares; pinning would put the threads of two workers on the same cores.
    private static func entries(_ options: EngineOptions) -> [String: String] {
        var entries = [
            "INFERENCE_PRECISION_HINT": options.precision.rawValue,
            "INFERENCE_NUM_THREADS": String(options.threads),
            "NUM_STREAMS": "1",
            "PERFORMANCE_HINT": "LATENCY",
            "CPU_DENORMALS_OPTIMIZATION": options.flushDenormals ? "YES" : "NO",
            "ENABLE_CPU_PINNING": "NO",
        ]
        if options.profiling { entries["PERF_COUNT"] = "YES" }
        if options.precision == .f32 {
            // By default activations are quantised on the way into compressed weights, and attention caches kept in 8 bits.
            entries["DYNAMIC_QUANTIZATION_GROUP_SIZE"] = "0"
            entries["KV_CACHE_PRECISION"] = "f32"
        }
        return entries
    }
}

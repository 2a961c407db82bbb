/// The arithmetic an engine is asked to compute in.
public enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    case f32
    case bf16
    case f16
    case i8
}

/// How an engine is to run a model; every field is stated in the record, none is left to the engine's own default.
public struct EngineOptions: Sendable, Hashable, Codable {
    /// The arithmetic of the heavy operators.
    public var precision: Precision
    /// Threads that compute one operator.
    public var threads: Int
    /// Whether idle threads spin; spinning wins on an idle machine and loses badly on a busy one.
    public var spinning: Bool
    /// Whether denormal numbers are flushed to zero; on denormals the engines are about 180 times slower.
    public var flushDenormals: Bool
    /// The engine's graph optimisations: `all` or `none`.
    public var optimization: Optimization
    /// Settings of one engine only, by that engine's own names.
    public var extra: [String: String]
    /// Whether the engine's own profiler watches every run; it slows the engine down, so nothing else is timed then.
    public var profiling: Bool
    /// Where the engine computes; one that cannot compute there refuses.
    public var device: ComputeDevice

    /// How far an engine may rewrite the model.
    public enum Optimization: String, Sendable, Hashable, Codable, CaseIterable {
        case all
        case none
    }

    /// Makes options; the defaults are those of `assay evaluate`.
    public init(
        precision: Precision = .f32, threads: Int = 1, spinning: Bool = false, flushDenormals: Bool = true,
        optimization: Optimization = .all, extra: [String: String] = [:], profiling: Bool = false,
        device: ComputeDevice = .cpu
    ) {
        self.precision = precision
        self.threads = threads
        self.spinning = spinning
        self.flushDenormals = flushDenormals
        self.optimization = optimization
        self.extra = extra
        self.profiling = profiling
        self.device = device
    }
}

extension EngineOptions {
    private enum CodingKeys: CodingKey {
        case precision, threads, spinning, flushDenormals, optimization, extra, profiling, device
    }

    /// Reads options; without a device it is the processor.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            precision: try values.decode(Precision.self, forKey: .precision),
            threads: try values.decode(Int.self, forKey: .threads),
            spinning: try values.decode(Bool.self, forKey: .spinning),
            flushDenormals: try values.decode(Bool.self, forKey: .flushDenormals),
            optimization: try values.decode(Optimization.self, forKey: .optimization),
            extra: try values.decode([String: String].self, forKey: .extra),
            profiling: try values.decode(Bool.self, forKey: .profiling),
            device: try values.decodeIfPresent(ComputeDevice.self, forKey: .device) ?? .cpu)
    }

    /// Writes options, and the device only where it is another than the processor.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(precision, forKey: .precision)
        try values.encode(threads, forKey: .threads)
        try values.encode(spinning, forKey: .spinning)
        try values.encode(flushDenormals, forKey: .flushDenormals)
        try values.encode(optimization, forKey: .optimization)
        try values.encode(extra, forKey: .extra)
        try values.encode(profiling, forKey: .profiling)
        if device != .cpu { try values.encode(device, forKey: .device) }
    }
}

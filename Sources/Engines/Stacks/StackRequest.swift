public import Assets

/// One stack as a spec asks for it: which engine in which version, and how it is to compute.
public struct StackRequest: Sendable, Hashable {
    /// The engine: one that Assay installs, one that is part of it, or one that was added.
    public var engine: String
    /// The versions that will do; the pinned default where any will.
    public var version: VersionConstraint
    /// Precision, threads, spinning, denormals and the engine's own settings.
    public var options: EngineOptions
    /// Environment variables, set before the engine's library is loaded.
    public var environment: [String: String]
    /// Where its worker runs.
    public var place: StackPlace

    /// Makes a request; all but the engine have the defaults of `assay evaluate`.
    public init(
        _ engine: String, version: VersionConstraint = .any, options: EngineOptions = EngineOptions(),
        environment: [String: String] = [:], place: StackPlace = .here
    ) {
        self.engine = engine
        self.version = version
        self.options = options
        self.environment = environment
        self.place = place
    }

    /// The three engines that Assay installs, in their pinned versions.
    public static let defaults = EnginePackage.defaults.map { StackRequest($0.engine) }

    /// The kind of device that its build must be for; `nil` for the processor.
    var acceleratorKind: ComputeDevice.Kind? { options.device.kind == .cpu ? nil : options.device.kind }

    /// What tables call the stack once its version is known: the engine, the version, and what differs from the defaults.
    public func title(version: String) -> String {
        var parts = [version.isEmpty ? engine : "\(engine) \(version)"]
        if options.device != .cpu { parts.append("\(options.device)") }
        if options.precision != .f32 { parts.append(options.precision.rawValue) }
        if options.threads != 1 { parts.append("\(options.threads) threads") }
        if options.spinning { parts.append("spinning") }
        if !options.flushDenormals { parts.append("denormals kept") }
        if options.optimization != .all { parts.append("unoptimised") }
        parts += options.extra.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        if place != .here { parts.append(place.title) }
        return parts.joined(separator: ", ")
    }
}

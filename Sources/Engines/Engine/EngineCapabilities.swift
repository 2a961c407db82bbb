/// What an engine can do beyond running a model.
public struct EngineCapabilities: Sendable, Hashable, Codable {
    /// How far the engine runs functions that a model defines.
    public enum LocalFunctions: String, Sendable, Codable {
        /// Functions must be inlined first.
        case none
        /// Every function runs.
        case all
        /// Functions run by their own kernels where the name is known, else by their body.
        case names
    }

    /// How far the engine runs functions that a model defines.
    public var localFunctions: LocalFunctions
    /// Whether a session can hold named tensors between runs.
    public var residentTensors: Bool
    /// The newest operator set of the standard domain it accepts.
    public var newestOpset: Int
    /// The newest `ir_version` it accepts.
    public var newestIRVersion: Int
    /// Precisions it can be asked for.
    public var precisions: [Precision]
    /// Whether it loads forms of a model of its own (`ModelForm`); `nil` as false.
    public var takesForms: Bool?

    /// Makes a description.
    public init(
        localFunctions: LocalFunctions, residentTensors: Bool, newestOpset: Int, newestIRVersion: Int,
        precisions: [Precision], takesForms: Bool? = nil
    ) {
        self.localFunctions = localFunctions
        self.residentTensors = residentTensors
        self.newestOpset = newestOpset
        self.newestIRVersion = newestIRVersion
        self.precisions = precisions
        self.takesForms = takesForms
    }
}

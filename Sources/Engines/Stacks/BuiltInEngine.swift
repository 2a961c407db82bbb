/// The engines that are part of Assay and need no libraries.
public enum BuiltInEngine {
    /// The engine of known behaviour, by which the instrument is tested.
    public static let calibration = "calibration"

    /// All of them, by name.
    public static let names = [calibration]
}

extension StackRequest {
    /// Whether the engine is part of Assay and nothing has to be installed for it.
    public var isBuiltIn: Bool { BuiltInEngine.names.contains(engine) }
}

import Engines

/// The version of Assay.
public enum Version {
    /// The version, as `assay --version` prints it and records state it.
    public static let current = AssayVersion.current
}

import Engines

/// The version of Assay.
public enum Version {
    /// The version, as `assay --version` prints it and records state it.
    public static let current = AssayVersion.current
    /// The program and its version.
    public static let tool = "assay \(current)"
}

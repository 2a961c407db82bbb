/// The version of Assay.
public enum Version {
    /// The version, as `assay --version` prints it and records state it.
    public static let current = "0.1.0"
    /// The program and its version.
    public static let tool = "assay \(current)"
}

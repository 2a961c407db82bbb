/// The version of Assay itself.
public enum AssayVersion {
    /// The version of this build, as its tag and records say.
    public static let current = "0.1.0"
}

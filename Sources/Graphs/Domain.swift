/// Names of operator domains.
public enum Domain {
    /// The standard domain as everything in this module writes it: `""`, of which `ai.onnx` is the long form.
    public static func normalized(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }
}

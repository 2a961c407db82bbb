import Foundation

/// Whether this machine has an accelerator; tests that need one are skipped elsewhere.
public enum TestAccelerators {
    /// True where NVIDIA's driver has made its device file.
    public static let present = FileManager.default.fileExists(atPath: "/dev/nvidiactl")
}

/// Constants of the protocol between a client and a worker; Documentation/worker-protocol.md is its public description.
public enum WorkerProtocol {
    /// The version that the hello states; a client refuses any other.
    public static let version = 1
    /// What a worker writes first on its output: everything before it is a shell's banner.
    public static let magic: [UInt8] = Array("\u{0}assay-worker/1\n".utf8)
    /// The longest banner that a client skips, in bytes.
    public static let longestBanner = 65_536
    /// The longest control frame, in bytes.
    public static let longestControlFrame = 64 << 20
    /// The longest data frame, in bytes.
    public static let longestDataFrame = 64 << 30
    /// The largest number of tensors that one message carries.
    public static let mostTensors = 65_536
    /// Tensors of at least this many bytes travel through shared memory where both ends can map the same file.
    public static let sharedMemoryThreshold = 65_536
}

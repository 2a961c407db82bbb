public import Tensors

/// The named tensors of a checkpoint file: PyTorch's (both forms), or arrays pickled with numpy.
///
/// Nothing in the file is executed; a file that holds anything but plain data is refused with the byte and the name of
/// what it asked for. Contiguous tensors are slices of the mapped file, others are copied into row-major order.
public struct Checkpoint: Sendable {
    /// The forms of checkpoint files that are read.
    public enum Format: String, Sendable, Hashable, Codable {
        /// Pickles in sequence, then raw storages: `torch.save` before PyTorch 1.6.
        case torchLegacy = "torch-legacy"
        /// A zip file with a pickle and a member for each storage: `torch.save` since.
        case torchZip = "torch-zip"
        /// One pickle with the arrays inside.
        case numpyPickle = "numpy-pickle"
    }

    /// The form of the file.
    public let format: Format
    /// The tensors by name; nested dictionaries and lists give names with dots (`state_dict.conv1.weight`, `conv1.0`).
    public let tensors: [String: Tensor]
    /// The names, in file order.
    public let names: [String]

    /// Reads a file.
    ///
    /// - Throws: `AssetError` of code `unreadableFile`, `malformed`, `refusedCheckpoint` or `limitExceeded`.
    public init(path: String) throws(AssetError) {
        try self.init(VerifiedFiles.map(path), subject: path)
    }

    /// Reads the bytes of a file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - subject: what messages call it.
    /// - Throws: `AssetError` of code `malformed`, `refusedCheckpoint` or `limitExceeded`.
    public init(_ bytes: Bytes, subject: String) throws(AssetError) {
        if ZipArchive.matches(bytes) {
            format = .torchZip
            (names, tensors) = try TorchZipFile.read(bytes, subject: subject)
        } else if TorchLegacyFile.matches(bytes) {
            format = .torchLegacy
            (names, tensors) = try TorchLegacyFile.read(bytes, subject: subject)
        } else {
            format = .numpyPickle
            var machine = PickleMachine(bytes, subject: subject)
            let root = try machine.run()
            let arena = machine.arena
            (names, tensors) = try CheckpointTree.flatten(root, arena, subject: subject) {
                (view: TensorView) throws(AssetError) -> Tensor in
                throw AssetError(
                    .refusedCheckpoint, subject: subject,
                    reason: "a storage '\(view.storage.key)' outside of the file is refused")
            }
        }
    }
}

import Foundation
public import Tensors

extension Model {
    /// Reads an ONNX file; weights stay slices of the mapped file, external data of theirs.
    ///
    /// - Throws: `GraphError` naming file and byte.
    public init(contentsOf path: String, limits: ReadLimits = ReadLimits()) throws(GraphError) {
        let bytes: Bytes
        do { bytes = try Bytes(mapping: path) } catch {
            throw GraphError(.unreadableFile, subject: path, reason: error.reason)
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try self.init(bytes: bytes, name: path, baseDirectory: folder, limits: limits)
    }

    /// Reads an ONNX model from bytes; `name` stands for the file in messages.
    ///
    /// - Parameter baseDirectory: the folder that external data are looked for in; without one they are refused.
    /// - Throws: `GraphError` naming file and byte.
    public init(
        bytes: Bytes, name: String = "model", baseDirectory: String? = nil, limits: ReadLimits = ReadLimits()
    ) throws(GraphError) {
        let external = ExternalDataFolder(path: baseDirectory)
        let reader = ONNXReader(bytes: bytes, name: name, limits: limits, external: external)
        self = try reader.model(0..<bytes.count)
    }
}

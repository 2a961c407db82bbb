import Foundation
public import Tensors

extension Model {
    /// Reads an ONNX file; weights stay slices of the mapped file, external data of theirs.
    ///
    /// Kept, so that writing the model loses nothing of it: all that the standard gives a meaning, names, documentation,
    /// metadata, denotations of values and extents, and, without interpretation, training information, device
    /// configurations and unknown fields of models, graphs, nodes, attributes, functions, values and initializers. Not
    /// kept: whether numbers stood in raw, typed or external form, the order of fields, names and documentation of tensors
    /// inside attributes, what a type inside a sequence, optional or map denotes, a shape whose element type is undefined,
    /// and unknown fields of smaller messages. `ai.onnx` becomes `""`, and a negative extent an unknown one.
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
        do throws(GraphError) { self = try reader.model(0..<bytes.count) } catch {
            guard let foreign = ForeignFormat(bytes) else { throw error }
            throw GraphError(
                .notONNX, subject: name, reason: "it is no ONNX file: \(foreign.finding)", remedy: foreign.remedy)
        }
    }
}

public import Tensors

/// The bytes of an ONNX file on their way to an engine.
public struct ModelSource: Sendable {
    /// What messages call it: the path or the zoo name.
    public var name: String
    /// The serialised model.
    public var bytes: Bytes
    /// The folder against which external data is resolved.
    public var directory: String?
    /// True when these are the file's own bytes, false when a study rewrote the graph.
    public var isOriginal: Bool
    /// The file that holds the bytes; `nil` where they are in memory alone.
    public var path: String?
    /// The form that the engine is to load in place of these bytes.
    public var form: ModelForm?

    /// Makes a source.
    public init(name: String, bytes: Bytes, directory: String?, isOriginal: Bool, path: String? = nil) {
        self.name = name
        self.bytes = bytes
        self.directory = directory
        self.isOriginal = isOriginal
        self.path = path
    }

    /// Maps an ONNX file.
    ///
    /// - Throws: `EngineError` of code `unreadableModel`.
    public init(contentsOf path: String) throws(EngineError) {
        do {
            self.init(
                name: path, bytes: try Bytes(mapping: path),
                directory: path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) : ".",
                isOriginal: true, path: path)
        } catch {
            throw EngineError(
                .unreadableModel, subject: path, reason: error.reason, remedy: "check the path of the model file")
        }
    }
}

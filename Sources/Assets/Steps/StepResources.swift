public import Tensors

/// Where steps find the files that they name: vocabularies, lists of labels, the model's own metadata.
public struct StepResources: Sendable {
    /// Reads a file by the name that a spec gives it.
    public let read: @Sendable (_ name: String) throws(AssetError) -> Bytes

    /// Makes resources from a function that reads.
    public init(read: @escaping @Sendable (_ name: String) throws(AssetError) -> Bytes) { self.read = read }

    /// Files beside a spec: relative names start at its folder.
    public static func files(relativeTo folder: String) -> StepResources {
        StepResources { name throws(AssetError) in
            let path = name.hasPrefix("/") ? name : folder + "/" + name
            do throws(TensorError) {
                return try Bytes(mapping: path)
            } catch {
                throw AssetError(
                    .unreadableFile, subject: path, reason: error.reason, remedy: "check the name in the spec")
            }
        }
    }

    /// The same, with the metadata of a model under `model:KEY`: the characters of PaddleOCR's models, say.
    public func adding(modelMetadata: [String: String]) -> StepResources {
        let others = read
        return StepResources { name throws(AssetError) in
            guard name.hasPrefix("model:") else { return try others(name) }
            let key = String(name.dropFirst("model:".count))
            guard let value = modelMetadata[key] else {
                throw AssetError(
                    .notFound, subject: name, reason: "the model has no metadata '\(key)'",
                    remedy: modelMetadata.isEmpty
                        ? "name a file" : "it has \(modelMetadata.keys.sorted().joined(separator: ", "))")
            }
            return Bytes(copying: value.utf8)
        }
    }

    /// No files at all.
    public static let none = StepResources { name throws(AssetError) in
        throw AssetError(.notFound, subject: name, reason: "no files are available here")
    }
}

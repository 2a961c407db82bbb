import Foundation
import Tensors

extension ModelSource {
    /// The path of the file whose unchanged content this is; `nil` for a rewritten model or one under another name.
    package var unchangedFile: String? {
        guard isOriginal, directory != nil,
            let attributes = try? FileManager.default.attributesOfItem(atPath: name),
            (attributes[.size] as? Int) == bytes.count
        else { return nil }
        return name
    }
}

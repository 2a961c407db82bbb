import Foundation

/// A fresh folder for files that are not complete yet, removed with all it still holds.
package struct StagingFolder {
    package let path: String

    package init(home: AssayHome) throws(AssetError) {
        path = "\(home.staging)/\(UUID().uuidString.lowercased())"
        try FileTree.makeFolder(path)
    }

    package func remove() { try? FileManager.default.removeItem(atPath: path) }
}

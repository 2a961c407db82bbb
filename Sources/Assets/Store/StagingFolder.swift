import Foundation

/// A fresh folder for files that are not complete yet, removed with all it still holds.
struct StagingFolder {
    let path: String

    init(home: AssayHome) throws(AssetError) {
        path = "\(home.staging)/\(UUID().uuidString.lowercased())"
        try FileTree.makeFolder(path)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

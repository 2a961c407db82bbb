import Assets
import Foundation

/// What `stack.json` says of an installed stack: the build, and the size of each file, so that a torn install is seen.
struct StackManifest: Codable {
    var build: StackBuild
    var files: [String: Int]

    func write(to path: String) throws(AssetError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            try encoder.encode(self).write(to: URL(fileURLWithPath: path))
        } catch {
            throw AssetError(.unwritableFile, subject: path, reason: error.localizedDescription)
        }
    }
}

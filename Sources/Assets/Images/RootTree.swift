import Foundation

/// A folder that is to be the root of another system: paths in it are found as that system would find them, so that no link
/// leads out of it.
struct RootTree {
    let root: String
    private static let mostLinks = 40

    /// The real path of a folder inside; what is missing of it is made.
    ///
    /// - Parameter path: relative to the root, without `..`.
    /// - Throws: `AssetError` of code `malformed` for links that go round in circles or lead through a file.
    func folder(_ path: String) throws(AssetError) -> String {
        var pending = path.split(separator: "/").map(String.init)
        pending.reverse()
        var found: [String] = []
        var links = 0
        while let next = pending.popLast() {
            switch next {
            case ".": continue
            case "..":
                // The parent of the root is the root.
                _ = found.popLast()
                continue
            default: break
            }
            let real = ([root] + found + [next]).joined(separator: "/")
            switch Self.kind(of: real) {
            case .typeSymbolicLink:
                links += 1
                guard links <= Self.mostLinks,
                    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: real)
                else { throw refusal(path, "its links go round in circles") }
                if target.hasPrefix("/") { found = [] }
                pending += target.split(separator: "/").map(String.init).reversed()
            case .typeDirectory: found.append(next)
            case nil:
                try FileTree.makeFolder(real)
                found.append(next)
            default: throw refusal(path, "it leads through a file")
            }
        }
        return ([root] + found).joined(separator: "/")
    }

    /// The real path of an entry, whose last part is not followed where it is a link.
    func entry(_ path: String) throws(AssetError) -> String {
        let parts = path.split(separator: "/")
        let folder = try folder(parts.dropLast().joined(separator: "/"))
        return "\(folder)/\(parts.last ?? "")"
    }

    /// What lies at a real path, links not followed; `nil` for nothing.
    static func kind(of path: String) -> FileAttributeType? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
    }

    private func refusal(_ path: String, _ reason: String) -> AssetError {
        AssetError(.malformed, subject: "path '\(path)' of an image", reason: reason)
    }
}

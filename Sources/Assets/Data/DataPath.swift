import Foundation
import Tensors

/// Paths and files of data sets.
enum DataPath {
    /// A path of a spec, relative ones below the spec's folder; `~` is the user's home.
    static func resolve(_ path: String, relativeTo folder: String) -> String {
        let expanded = path.hasPrefix("~") ? NSString(string: path).expandingTildeInPath : path
        return expanded.hasPrefix("/") || folder.isEmpty ? expanded : folder + "/" + expanded
    }

    /// Regular files below a folder, as paths relative to it, sorted; hidden ones are left out.
    static func files(below folder: String, extensions: [String]) throws(AssetError) -> [String] {
        guard kind(of: folder) == .typeDirectory else {
            throw AssetError(
                .unreadableFile, subject: folder, reason: "there is no such folder",
                remedy: "check the path; relative ones start at the spec's folder")
        }
        let wanted = Set(extensions.map { $0.lowercased() })
        var found: [String] = []
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for name in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            guard wanted.isEmpty || wanted.contains(NSString(string: name).pathExtension.lowercased()) else { continue }
            guard kind(of: folder + "/" + name) == .typeRegular else { continue }
            found.append(name)
        }
        return found.sorted()
    }

    /// What lies at a path, links followed.
    private static func kind(of path: String) -> FileAttributeType? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return (try? FileManager.default.attributesOfItem(atPath: target))?[.type] as? FileAttributeType
    }

    /// The bytes of a file.
    static func read(_ path: String) throws(AssetError) -> Bytes {
        do throws(TensorError) { return try Bytes(mapping: path) } catch {
            throw AssetError(
                .unreadableFile, subject: path, reason: error.reason, remedy: "check that it exists and may be read")
        }
    }

    /// The bytes of a file, decompressed when it is gzip.
    static func readDecompressed(_ path: String) throws(AssetError) -> Bytes {
        let bytes = try read(path)
        return GzipFile.matches(bytes) ? try GzipFile.decompress(bytes, subject: path) : bytes
    }

    static func empty(_ subject: String, _ reason: String, remedy: String) -> AssetError {
        AssetError(.emptyDataSet, subject: subject, reason: reason, remedy: remedy)
    }
}

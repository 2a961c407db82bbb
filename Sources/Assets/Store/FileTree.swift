import Foundation

/// File-system calls that report failures as `AssetError`.
package enum FileTree {
    /// Makes a folder and those above it.
    package static func makeFolder(_ path: String) throws(AssetError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw AssetError(
                .unwritableFile, subject: path, reason: "the folder cannot be made: \(reason(error))",
                remedy: "set ASSAY_HOME to a folder you may write to")
        }
    }

    /// Renames a file or folder within one volume: readers see all of it or none.
    package static func move(_ source: String, to target: String) throws(AssetError) {
        do {
            try FileManager.default.moveItem(atPath: source, toPath: target)
        } catch {
            throw AssetError(.unwritableFile, subject: target, reason: "it cannot be put in place: \(reason(error))")
        }
    }

    /// Removes a file or folder if it is there.
    package static func remove(_ path: String) throws(AssetError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw AssetError(.unwritableFile, subject: path, reason: "it cannot be removed: \(reason(error))")
        }
    }

    /// The names inside a folder, sorted; none when it does not exist.
    package static func names(in path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// The paths of the regular files below a folder, relative to it.
    package static func files(in path: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter {
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\($0)")
            return attributes?[.type] as? FileAttributeType == .typeRegular
        }
    }

    /// Bytes that a file or the files of a folder take.
    package static func size(of path: String) -> Int {
        var total = fileSize(path)
        for name in FileManager.default.enumerator(atPath: path)?.compactMap({ $0 as? String }) ?? [] {
            total += fileSize(path + "/" + name)
        }
        return total
    }

    private static func fileSize(_ path: String) -> Int {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { return 0 }
        return (attributes[.size] as? NSNumber)?.intValue ?? 0
    }

    /// When a file or folder was last changed.
    static func modificationDate(of path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }

    package static func reason(_ error: any Error) -> String { error.localizedDescription }
}

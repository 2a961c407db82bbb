import Foundation

/// A folder of a study for files that it makes.
enum TemporaryFolder {
    /// Gives `body` a folder that is gone afterwards.
    static func with(_ study: String, _ body: (_ path: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/assay-\(study)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
}

extension TemporaryFolder {
    /// The path of a folder within one, made where it is missing.
    static func inner(_ name: String, of folder: String) throws -> String {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}

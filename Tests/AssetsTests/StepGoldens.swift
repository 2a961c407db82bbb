import Foundation
import Testing

/// Reads the goldens of steps and makes folders for data sets.
enum StepGoldens {
    static func path(_ name: String) throws -> String { try StoreFixtures.path("Steps/" + name) }

    static func json<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// Makes a folder of files, calls `body` with its path, and removes it.
    static func withFolder<Result>(
        _ files: [String: [UInt8]], _ body: (String) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, bytes) in files {
            let url = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url)
        }
        return try await body(folder.path)
    }
}

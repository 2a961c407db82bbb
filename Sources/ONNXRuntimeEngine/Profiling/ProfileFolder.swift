import Engines
import Foundation

/// A temporary folder for what the library writes about a session: its profile and the model as it runs it.
///
/// It is removed with this object, which must outlive the session: the library writes once more when it releases one.
final class ProfileFolder: Sendable {
    private let path: String

    /// Makes the folder.
    ///
    /// - Throws: `EngineError` of code `invalidOption` where no temporary file can be written.
    init(subject: String) throws(EngineError) {
        path = NSTemporaryDirectory() + "/assay-profile-" + UUID().uuidString
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw EngineError(
                .invalidOption, subject: subject, reason: "a profile needs a temporary folder: \(error)",
                remedy: "point TMPDIR at a folder that can be written")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What the names of profiles begin with.
    var prefix: String { path + "/profile" }

    /// Where the library writes the model as it runs it.
    var model: String { path + "/optimized.onnx" }

    /// Where that model's weights go, relative to it: a file of the standard's cannot hold 2 GiB.
    var weights: String { "optimized.weights" }
}

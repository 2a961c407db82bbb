import Engines
import Foundation

/// A temporary folder for what the library writes while it makes a session: its profile, which it keeps open, and the model
/// as it runs it.
///
/// `SessionProfile` takes both over, and the folder is removed with this object. A process that is killed meanwhile leaves its folder behind. Each folder is locked by its process, so that the next one
/// removes those that nobody holds.
final class ProfileFolder {
    private static let beginning = "assay-profile-"
    /// A younger folder without a lock may be one that is being made.
    private static let youngest: TimeInterval = 60

    let path: String
    private let lock: Int32

    /// Makes the folder.
    ///
    /// - Throws: `EngineError` of code `invalidOption` where no temporary file can be written.
    init(subject: String) throws(EngineError) {
        let parent = NSTemporaryDirectory() as NSString
        Self.removeAbandoned(in: parent)
        path = parent.appendingPathComponent(Self.beginning + UUID().uuidString)
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw EngineError(
                .invalidOption, subject: subject, reason: "a profile needs a temporary folder: \(error)",
                remedy: "point TMPDIR at a folder that can be written")
        }
        lock = Self.lock(path) ?? -1
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        if lock >= 0 { close(lock) }
    }

    /// What the names of profiles begin with.
    var prefix: String { path + "/profile" }

    /// Where the library writes the model as it runs it.
    var model: String { path + "/optimized.onnx" }

    /// Where that model's weights go, relative to it: a file of the standard's cannot hold 2 GiB.
    var weights: String { "optimized.weights" }

    /// The profile that the library has begun; `nil` where there is none.
    var profile: String? {
        let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        return names?.first { $0.hasPrefix("profile") }.map { "\(path)/\($0)" }
    }

    /// Locks a folder; `nil` where another process holds it, or the file system has no locks.
    private static func lock(_ path: String) -> Int32? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func removeAbandoned(in parent: NSString) {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: parent as String)) ?? [] where name.hasPrefix(beginning) {
            let path = parent.appendingPathComponent(name)
            let made = (try? manager.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            guard let made, made.timeIntervalSinceNow < -youngest, let lock = lock(path) else { continue }
            try? manager.removeItem(atPath: path)
            close(lock)
        }
    }
}

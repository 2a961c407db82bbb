import Assets
public import Engines
import Foundation
public import Records

/// A form of a model that is on this machine, and its identity.
public struct ResolvedForm: Sendable, Hashable {
    /// The form, with a path that leads to it from anywhere.
    public var form: ModelForm
    /// The SHA-256 of the file; of a folder that of its list, a line `SHA-256, two spaces, path` for each file in the order of
    /// the paths' bytes.
    public var digest: Digest
    /// The size in bytes.
    public var bytes: Int64

    /// Finds a form.
    ///
    /// - Parameter folder: where a relative path starts, or else the present folder.
    /// - Throws: `StudyError` of code `unknownModel`, or `RecordError` where a file cannot be read.
    public init(_ form: ModelForm, folder: String) throws {
        let candidates =
            form.path.hasPrefix("/")
            ? [form.path] : (folder == "." ? [] : [folder + "/" + form.path]) + [form.path]
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw StudyError(
                .unknownModel, subject: form.path, reason: "there is no such file or folder",
                remedy: "check the path of the form for \(form.engine)")
        }
        self.form = form
        self.form.path = URL(fileURLWithPath: path).path
        guard URL(fileURLWithPath: path).resolvingSymlinksInPath().hasDirectoryPath else {
            digest = try SHA256.digest(ofFile: path)
            bytes = Self.size(of: path)
            return
        }
        let names = FileTree.files(in: path).sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        let lines = try names.map { "\(try SHA256.digest(ofFile: "\(path)/\($0)").hex)  \($0)\n" }
        digest = SHA256.digest(of: Array(lines.joined().utf8))
        bytes = names.reduce(0) { $0 + Self.size(of: "\(path)/\($1)") }
    }

    private static func size(of path: String) -> Int64 {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber)?.int64Value ?? 0
    }

    /// The name of its file or folder.
    var file: String { URL(fileURLWithPath: form.path).lastPathComponent }
}

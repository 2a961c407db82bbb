import Foundation
import Tensors

/// The folder of a model, out of which its external data may be mapped and beyond which nothing may.
final class ExternalDataFolder {
    private let path: String?
    private var files: [String: Bytes] = [:]

    init(path: String?) { self.path = path }

    /// The bytes at `offset`, `length` of them (or as many as there are) of the file at a location relative to the folder.
    ///
    /// - Throws: `GraphError` when the location leaves the folder or the range leaves the file.
    func bytes(location: String, offset: Int, length: Int?, subject: String) throws(GraphError) -> Bytes {
        let file = try self.file(location, subject: subject)
        let (end, overflow) = offset.addingReportingOverflow(length ?? max(0, file.count - offset))
        guard offset >= 0, length ?? 0 >= 0, !overflow, end >= offset, let slice = file.slice(offset..<end) else {
            throw GraphError(
                .externalData, subject: subject,
                reason: "its data lie at \(offset), \(length.map(String.init) ?? "all the rest") bytes, "
                    + "and '\(location)' has \(file.count) bytes",
                remedy: "fetch the data file again; it is shorter than the model says")
        }
        return slice
    }

    private func file(_ location: String, subject: String) throws(GraphError) -> Bytes {
        if let known = files[location] { return known }
        guard let path else {
            throw GraphError(
                .externalData, subject: subject, reason: "its data are in '\(location)' and the model has no folder",
                remedy: "read the model from its file, or give the folder of its data")
        }
        let components = location.split(separator: "/", omittingEmptySubsequences: false)
        guard !location.isEmpty, !location.hasPrefix("/"), !components.contains(".."), !location.contains("\0"),
            !location.contains("\\")
        else { throw escape(location, subject: subject) }
        let folder = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        let target = folder.appendingPathComponent(location).resolvingSymlinksInPath()
        let inside = folder.path.hasSuffix("/") ? folder.path : folder.path + "/"
        guard target.path.hasPrefix(inside) else { throw escape(location, subject: subject) }
        do {
            let bytes = try Bytes(mapping: target.path)
            files[location] = bytes
            return bytes
        } catch {
            throw GraphError(
                .externalData, subject: subject, reason: "its data are in '\(location)': \(error.reason)",
                remedy: "put the data file beside the model")
        }
    }

    private func escape(_ location: String, subject: String) -> GraphError {
        GraphError(
            .externalData, subject: subject, reason: "its data are in '\(location)', outside the model's folder",
            remedy: "put the data file beside the model and name it by a relative path")
    }
}

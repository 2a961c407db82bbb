import Assets
import Foundation
import Records
import Studies
import Tensors

/// Finds models and the files beside them: in the zoo, beside the spec, or under the present folder.
struct ModelLocator: Sendable {
    let zoo: ModelZoo
    let folder: String

    /// The model of a zoo name or a path.
    ///
    /// - Throws: `AssetError` when a zoo model cannot be fetched, `StudyError` of code `unknownModel` when there is neither.
    func model(_ reference: String) throws -> ResolvedModel {
        let isPath = reference.contains("/") || reference.hasSuffix(".onnx")
        if isPath || FileManager.default.fileExists(atPath: reference) { return try file(reference) }
        let entry: ZooEntry
        do {
            entry = try ModelZoo.entry(named: reference)
        } catch {
            throw StudyError(
                .unknownModel, subject: "model '\(reference)'", reason: "it is neither a file nor in the zoo",
                remedy: error.remedy)
        }
        let path = try zoo.fetch(entry)
        return ResolvedModel(
            name: entry.name, path: path, digest: try digest(of: path), bytes: size(of: path), version: entry.version,
            origin: entry.origin, licence: entry.license.identifier)
    }

    private func file(_ reference: String) throws -> ResolvedModel {
        let candidates =
            reference.hasPrefix("/") ? [reference] : (folder == "." ? [] : [folder + "/" + reference]) + [reference]
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw StudyError(
                .unknownModel, subject: reference, reason: "there is no such file",
                remedy: "check the path, or name a model of the zoo: assay zoo")
        }
        guard !URL(fileURLWithPath: path).resolvingSymlinksInPath().hasDirectoryPath else {
            throw StudyError(
                .unknownModel, subject: reference, reason: "it is a folder", remedy: "name the ONNX file in it")
        }
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return ResolvedModel(name: name, path: path, digest: try digest(of: path), bytes: size(of: path))
    }

    private func digest(of path: String) throws(RecordError) -> Digest { try SHA256.digest(ofFile: path) }

    private func size(of path: String) -> Int64 {
        ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber)?.int64Value ?? 0
    }

    /// Files that steps and tasks name: `zoo:MODEL/ROLE` for a file that belongs to a zoo model, else a path.
    var resources: StepResources {
        let (zoo, files) = (zoo, StepResources.files(relativeTo: folder))
        return StepResources { name throws(AssetError) in
            guard name.hasPrefix("zoo:") else { return try files.read(name) }
            let parts = name.dropFirst(4).split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw AssetError(
                    .notFound, subject: name, reason: "it names no file of a zoo model",
                    remedy: "write zoo:MODEL/ROLE, for example zoo:mobilenet-v2/classes")
            }
            let path = try zoo.fetch(parts[1], of: try ModelZoo.entry(named: parts[0]))
            do throws(TensorError) { return try Bytes(mapping: path) } catch {
                throw AssetError(.unreadableFile, subject: path, reason: error.reason)
            }
        }
    }
}

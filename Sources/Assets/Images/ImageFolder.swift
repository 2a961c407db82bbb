import Foundation
import Records
import Tensors

/// A folder with the blobs of images, by their digests: an OCI image layout, or what `skopeo copy … dir:` writes.
struct ImageFolder {
    /// How blobs are named in it.
    enum Form {
        /// `blobs/sha256/DIGEST`.
        case layout
        /// `DIGEST`, but the manifest `manifest.json`.
        case flat
    }

    let path: String
    let form: Form

    /// The image of a digest, for this kind of machine.
    ///
    /// - Throws: `AssetError` of code `notFound` with what the folder has, `hashMismatch` for a blob that is not what its name
    ///   says, `unsupported` for an image of another kind of machine.
    func image(_ digest: Digest) throws(AssetError) -> (configuration: ImageConfiguration, layers: [String]) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw AssetError(.notFound, subject: path, reason: "there is no such folder")
        }
        var manifest: ImageManifest = try decoded(digest, isManifest: true)
        if let list = manifest.manifests {
            guard let one = list.first(where: { $0.platform?.isHere == true }) else {
                let kinds = list.compactMap { $0.platform.map { "\($0.os)/\($0.architecture)" } }
                throw AssetError(
                    .unsupported, subject: "image \(digest.short)",
                    reason: "it is for \(kinds.joined(separator: ", ")) and not for this kind of machine")
            }
            manifest = try decoded(one.digest, isManifest: true)
        }
        guard let config = manifest.config, let layers = manifest.layers else {
            throw AssetError(.malformed, subject: "image \(digest.short)", reason: "its manifest names no layers")
        }
        var paths: [String] = []
        for layer in layers { paths.append(try blob(layer.digest)) }
        return (try decoded(config.digest), paths)
    }

    /// The digests of the images that the folder's index lists.
    private var listed: [Digest] {
        guard let data = FileManager.default.contents(atPath: "\(path)/index.json"),
            let index = try? JSONDecoder().decode(ImageManifest.self, from: data)
        else { return [] }
        return index.manifests?.map(\.digest) ?? []
    }

    private func decoded<Value: Decodable>(_ digest: Digest, isManifest: Bool = false) throws(AssetError) -> Value {
        let path = try blob(digest, isManifest: isManifest)
        do { return try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(fileURLWithPath: path))) } catch {
            throw AssetError(.malformed, subject: path, reason: "it is not what an image has there")
        }
    }

    /// The file of a blob, checked against its digest.
    private func blob(_ digest: Digest, isManifest: Bool = false) throws(AssetError) -> String {
        let file =
            switch form {
            case .layout: "\(path)/blobs/sha256/\(digest.hex)"
            case .flat: "\(path)/\(isManifest ? "manifest.json" : digest.hex)"
            }
        guard FileManager.default.fileExists(atPath: file) else {
            let others = listed.map { "sha256:\($0.hex)" }
            throw AssetError(
                .notFound, subject: path, reason: "it has no image or blob sha256:\(digest.hex)",
                remedy: others.isEmpty ? "" : "its images are " + others.joined(separator: ", "))
        }
        let actual = try VerifiedFiles.hash(of: file)
        guard actual == digest else { throw ContentStore.mismatch(file, expected: digest, actual: actual) }
        return file
    }
}

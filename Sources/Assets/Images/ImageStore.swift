import Foundation
public import Records

/// Images unpacked under `$ASSAY_HOME/images`, one folder each, complete or absent: what a program runs in where no container
/// engine is.
public struct ImageStore: Sendable {
    /// An image as a folder.
    public struct Image: Sendable, Codable {
        /// The digest that it was asked for by.
        public var digest: Digest
        /// Variables that the image wants its programs to have.
        public var environment: [String: String]
        /// The folder that is its root.
        public var root: String { folder + "/root" }
        /// The folder that holds it, known once it is kept.
        fileprivate var folder = ""

        private enum CodingKeys: CodingKey { case digest, environment }
    }

    private let fetcher: ArtifactFetcher

    /// Makes a store that keeps images in the home of `fetcher`, and asks a registry only where that may download.
    public init(fetcher: ArtifactFetcher) { self.fetcher = fetcher }

    /// The image that a reference names, unpacked first where it is not kept yet.
    ///
    /// - Throws: `AssetError`; a blob whose hash is wrong is never unpacked.
    public func unpacked(_ reference: ImageReference) throws(AssetError) -> Image {
        if let kept = kept(reference.digest) { return kept }
        return try StoreLock.holding("image-" + reference.digest.short, home: fetcher.home) {
            () throws(AssetError) -> Image in
            if let kept = kept(reference.digest) { return kept }
            switch reference.place {
            case .layout(let folder):
                return try unpack(ImageFolder(path: folder, form: .layout), reference.digest)
            case .registry(let name): return try pull(name, reference.digest)
            }
        }
    }

    /// The image of a digest where it is kept.
    public func kept(_ digest: Digest) -> Image? {
        let folder = folder(of: digest)
        guard let data = FileManager.default.contents(atPath: folder + "/image.json"),
            var image = try? JSONDecoder().decode(Image.self, from: data), image.digest == digest
        else { return nil }
        image.folder = folder
        return image
    }

    private func folder(of digest: Digest) -> String { "\(fetcher.home.images)/\(digest.short)" }

    private func unpack(
        _ blobs: ImageFolder, _ digest: Digest, as asked: Digest? = nil
    ) throws(AssetError) -> Image {
        let (configuration, layers) = try blobs.image(digest)
        // Layers are packed to about a third.
        try FreeSpace.require(
            layers.reduce(0) { $0 + FileTree.size(of: $1) * 3 }, for: "image \(digest.short)", in: fetcher.home)
        let staging = try StagingFolder(home: fetcher.home)
        defer { staging.remove() }
        try FileTree.makeFolder(staging.path + "/root")
        let unpacker = LayerUnpacker(root: staging.path + "/root")
        for layer in layers { try unpacker.apply(layer, scratch: staging.path) }
        try FileTree.remove(staging.path + "/layer.tar")
        let variables = (configuration.config?.Env ?? []).map { $0.split(separator: "=", maxSplits: 1) }
        let image = Image(
            digest: asked ?? digest,
            environment: Dictionary(
                variables.filter { $0.count == 2 }.map { (String($0[0]), String($0[1])) }, uniquingKeysWith: { $1 }))
        return try keep(image, staging)
    }

    private func keep(_ image: Image, _ staging: StagingFolder) throws(AssetError) -> Image {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let target = folder(of: image.digest)
        do { try encoder.encode(image).write(to: URL(fileURLWithPath: staging.path + "/image.json")) } catch {
            throw AssetError(.unwritableFile, subject: staging.path, reason: FileTree.reason(error))
        }
        try FileTree.makeFolder(fetcher.home.images)
        try FileTree.remove(target)
        try FileTree.move(staging.path, to: target)
        var kept = image
        kept.folder = target
        return kept
    }

    /// Downloads an image with skopeo, which needs no container engine.
    private func pull(_ name: String, _ digest: Digest) throws(AssetError) -> Image {
        let subject = "image \(name)@sha256:\(digest.hex)"
        guard !fetcher.isOffline else {
            throw AssetError(.offline, subject: subject, reason: "it is not kept here, and downloads are switched off")
        }
        guard ProcessRunner.find("skopeo") != nil else {
            throw AssetError(
                .missingTool, subject: subject,
                reason: "there is neither podman nor docker here, nor skopeo to download it with",
                remedy: "install one of them, on Debian: apt-get install podman, or skopeo and bubblewrap")
        }
        let staging = try StagingFolder(home: fetcher.home)
        defer { staging.remove() }
        // A list of manifests has a digest of its own, which a copy of one of them lacks.
        let raw = try skopeo(["inspect", "--raw", "docker://\(name)@sha256:\(digest.hex)"])
        guard SHA256.digest(of: raw) == digest else {
            throw ContentStore.mismatch(subject, expected: digest, actual: SHA256.digest(of: raw))
        }
        let list = try? JSONDecoder().decode(ImageManifest.self, from: Data(raw.utf8)).manifests
        let own = list?.first { $0.platform?.isHere == true }
        let wanted = own?.digest ?? digest
        let folder = staging.path + "/image"
        _ = try skopeo(["copy", "--quiet", "docker://\(name)@sha256:\(wanted.hex)", "dir:\(folder)"])
        return try unpack(ImageFolder(path: folder, form: .flat), wanted, as: digest)
    }

    private func skopeo(_ arguments: [String]) throws(AssetError) -> String {
        let result = try ProcessRunner().run(Command("skopeo", arguments))
        guard result.status == 0 else {
            throw AssetError(
                .toolFailed, subject: "skopeo \(arguments.joined(separator: " "))",
                reason: String(result.errors.suffix(400)).trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return result.output
    }
}

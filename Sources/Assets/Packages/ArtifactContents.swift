import Foundation
public import Tensors

/// The files inside a downloaded archive: a wheel or zip, a `.tar.gz`, or a Debian package.
public struct ArtifactContents: Sendable {
    private enum Form: Sendable {
        case zip(ZipArchive)
        case tar(TarArchive)
    }

    private let form: Form

    /// Opens an archive; nothing in it is run.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - runner: runs `dpkg-deb` for a Debian package.
    /// - Throws: `AssetError` of code `malformed`, `unsupported` or `missingTool`.
    public init(path: String, runner: any CommandRunner = ProcessRunner()) throws(AssetError) {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let bytes = try VerifiedFiles.map(path)
        if ZipArchive.matches(bytes) {
            form = .zip(try ZipArchive(bytes, subject: name))
        } else if GzipFile.matches(bytes) {
            form = .tar(try TarArchive(GzipFile.decompress(bytes, subject: name), subject: name))
        } else if bytes.count > 8, bytes.slice(0..<8)?.array == Array("!<arch>\n".utf8) {
            form = .tar(try TarArchive(ArtifactContents.debianTree(path, runner), subject: name))
        } else {
            throw AssetError(.unsupported, subject: path, reason: "it is neither zip, nor tar.gz, nor a Debian package")
        }
    }

    /// The tree a Debian package would install, as a tar file.
    private static func debianTree(_ path: String, _ runner: any CommandRunner) throws(AssetError) -> Bytes {
        let tree = "\(NSTemporaryDirectory())/assay-\(UUID().uuidString.lowercased()).tar"
        let command = Command("dpkg-deb", ["--fsys-tarfile", path], outputFile: tree)
        // A mapping stays valid when its file is gone.
        defer { try? FileTree.remove(tree) }
        let result = try runner.run(command)
        guard result.status == 0 else {
            throw AssetError(
                .malformed, subject: path, reason: "dpkg-deb cannot read it: \(result.errors)", remedy: "fetch it again"
            )
        }
        return try VerifiedFiles.map(tree)
    }

    /// The paths of the files.
    public var paths: [String] {
        switch form {
        case .zip(let archive): archive.members.map(\.path)
        case .tar(let archive): archive.members.map(\.path)
        }
    }

    /// The bytes of all files together, unpacked.
    package var byteCount: Int {
        switch form {
        case .zip(let archive): archive.members.reduce(0) { $0 + $1.size }
        case .tar(let archive): archive.members.reduce(0) { $0 + $1.size }
        }
    }

    /// The content of one file.
    ///
    /// - Throws: `AssetError` of code `notFound`, `malformed` or `limitExceeded`.
    public func read(_ path: String) throws(AssetError) -> Bytes {
        switch form {
        case .zip(let archive): try archive.read(path)
        case .tar(let archive): try archive.read(path)
        }
    }
}

import Foundation
import Tensors

/// Applies the layers of an image to a folder, one over the other (OCI image specification 1.1, image-spec/layer.md).
///
/// Files belong to whoever unpacks them, and have neither set-user bits nor devices: the folder is read and never booted.
struct LayerUnpacker {
    let tree: RootTree
    private static let whiteout = ".wh."
    private static let opaque = ".wh..wh..opq"

    init(root: String) { tree = RootTree(root: root) }

    /// Applies one layer.
    ///
    /// - Parameters:
    ///   - path: the layer as a tar file, packed by gzip or zstd or by nothing.
    ///   - scratch: a folder for what has to be unpacked first.
    /// - Throws: `AssetError`; of code `malformed` for a path that leads out of the image.
    func apply(_ path: String, scratch: String) throws(AssetError) {
        let bytes = try VerifiedFiles.map(try Self.plain(path, scratch: scratch))
        var entries: [(path: String, entry: TarEntry)] = []
        for entry in try TarEntry.all(in: bytes, subject: path) {
            // The root itself is an entry of many layers.
            guard !entry.name.allSatisfy({ $0 == "." || $0 == "/" }) else { continue }
            guard let inside = MemberPath.normalized(entry.name) else {
                throw AssetError(
                    .malformed, subject: "\(path), member '\(entry.name)'", reason: "its path leads out of the image")
            }
            entries.append((inside, entry))
        }
        // What a layer takes away is of the layers below it, wherever in the file it says so.
        for (path, _) in entries { try removeCovered(path) }
        for (path, entry) in entries where !Self.isWhiteout(path) { try place(entry, path, bytes) }
    }

    private static func isWhiteout(_ path: String) -> Bool {
        (path.split(separator: "/").last ?? "").hasPrefix(whiteout)
    }

    private func removeCovered(_ path: String) throws(AssetError) {
        guard Self.isWhiteout(path) else { return }
        let parts = path.split(separator: "/").map(String.init)
        let name = parts.last ?? ""
        let folder = try tree.folder(parts.dropLast().joined(separator: "/"))
        let covered = name == Self.opaque ? FileTree.names(in: folder) : [String(name.dropFirst(Self.whiteout.count))]
        // FileTree.remove looks through links, and a link that leads nowhere has to go too.
        for name in covered { try? FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
    }

    private func place(_ entry: TarEntry, _ path: String, _ bytes: Bytes) throws(AssetError) {
        let real = try tree.entry(path)
        if let kind = RootTree.kind(of: real), kind != .typeDirectory || entry.kind != .directory {
            try? FileManager.default.removeItem(atPath: real)
        }
        do {
            switch entry.kind {
            case .directory:
                try FileManager.default.createDirectory(atPath: real, withIntermediateDirectories: true)
                try setMode(entry.mode | 0o700, real)
            case .symbolicLink:
                try FileManager.default.createSymbolicLink(atPath: real, withDestinationPath: entry.link)
            case .hardLink:
                let source = try tree.entry(MemberPath.normalized(entry.link) ?? entry.link)
                try FileManager.default.linkItem(atPath: source, toPath: real)
            case .regular:
                let content = bytes.slice(entry.data).map { Data($0.array) } ?? Data()
                try content.write(to: URL(fileURLWithPath: real))
                try setMode(entry.mode | 0o400, real)
            }
        } catch let error as AssetError {
            throw error
        } catch {
            throw AssetError(.unwritableFile, subject: real, reason: FileTree.reason(error))
        }
    }

    private func setMode(_ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// The layer as a plain tar file; large ones are unpacked by a program, which keeps them out of memory.
    private static func plain(_ path: String, scratch: String) throws(AssetError) -> String {
        let bytes = try VerifiedFiles.map(path)
        let program: String
        switch bytes.slice(0..<min(4, bytes.count))?.array ?? [] {
        case let start where start.starts(with: [0x1F, 0x8B]): program = "gzip"
        case [0x28, 0xB5, 0x2F, 0xFD]: program = "zstd"
        default: return path
        }
        let plain = "\(scratch)/layer.tar"
        let result = try ProcessRunner().run(Command(program, ["-d", "-c", path], outputFile: plain))
        guard result.status == 0 else {
            throw AssetError(.malformed, subject: path, reason: "\(program): \(result.errors.suffix(200))")
        }
        return plain
    }
}

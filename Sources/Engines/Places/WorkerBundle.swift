import Assets
import Foundation
import Records
import Tensors

/// The worker with every library that it needs, in one folder that can be sent: it runs on any Linux of this architecture.
///
/// The C library is brought too, for systems whose own is older or another; where theirs will do, theirs is used.
struct WorkerBundle {
    /// Its folder, `$ASSAY_HOME/workers/HASH`.
    let folder: String
    /// The program in it that starts the worker.
    static let start = "start"

    /// The libraries that belong together with the loader.
    private static let systemLibraries: Set<String> = [
        "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2", "libutil.so.1",
    ]
    /// What engines ask the system for, where it is there: oneDNN's threads.
    private static let wanted = ["libgomp.so.1"]

    /// The bundle of a worker, made where it is not there yet.
    ///
    /// - Parameter executable: the worker; that of this machine where `nil`.
    /// - Throws: `AssetError`.
    init(_ executable: String?, home: AssayHome) throws(AssetError) {
        let worker: String
        do throws(WorkerError) {
            if let executable { worker = executable } else { worker = try WorkerExecutable.find() }
        } catch {
            throw AssetError(.missingTool, subject: error.subject, reason: error.reason, remedy: error.remedy)
        }
        let libraries = try Self.libraries(of: worker)
        let script = try Self.script()
        let parts = try ([worker] + libraries.values.sorted()).map { path throws(AssetError) in
            "\(path) \(try Self.digest(of: path))"
        }
        let hash = SHA256.digest(of: ([script] + parts).joined(separator: "\n")).short
        folder = "\(home.workers)/\(hash)"
        let target = folder
        try StoreLock.holding("worker-" + hash, home: home) { () throws(AssetError) in
            guard !FileManager.default.fileExists(atPath: target) else { return }
            let staging = try StagingFolder(home: home)
            defer { staging.remove() }
            try Self.fill(staging.path, worker, libraries, script)
            try FileTree.makeFolder(home.workers)
            try FileTree.move(staging.path, to: target)
        }
    }

    private static func fill(
        _ folder: String, _ worker: String, _ libraries: [String: String], _ script: String
    ) throws(AssetError) {
        try FileTree.makeFolder(folder + "/lib")
        try FileTree.makeFolder(folder + "/system")
        do {
            try FileManager.default.copyItem(atPath: worker, toPath: folder + "/assay-worker")
            for (name, path) in libraries {
                let isSystem = systemLibraries.contains(name) || name.hasPrefix("ld-linux")
                try FileManager.default.copyItem(
                    atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path,
                    toPath: "\(folder)/\(isSystem ? "system" : "lib")/\(name)")
            }
            try Data(script.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(start)"))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/\(start)")
        } catch {
            throw AssetError(.unwritableFile, subject: folder, reason: FileTree.reason(error))
        }
    }

    /// The libraries that the loader finds for a program, by name, with the rest of the C library.
    private static func libraries(of program: String) throws(AssetError) -> [String: String] {
        let result = try ProcessRunner().run(Command("ldd", [program]))
        guard result.status == 0 else {
            throw AssetError(
                .toolFailed, subject: "ldd \(program)", reason: String((result.errors + result.output).suffix(200)),
                remedy: "the worker can only be sent from Linux, where it is linked to libraries")
        }
        var found: [String: String] = [:]
        for line in result.output.split(separator: "\n") {
            // `NAME => PATH (ADDRESS)`, and the loader as `PATH (ADDRESS)`.
            guard
                let path = line.split(separator: " ").first(where: {
                    $0.trimmingCharacters(in: .whitespaces).hasPrefix("/")
                })
            else { continue }
            let clean = path.trimmingCharacters(in: .whitespaces)
            let name = line.contains("=>") ? line.split(separator: " ")[0].trimmingCharacters(in: .whitespaces) : nil
            found[name ?? (clean as NSString).lastPathComponent] = clean
        }
        guard let standard = found["libc.so.6"] else {
            throw AssetError(
                .unsupported, subject: program, reason: "it is not linked to the GNU C library, so it cannot be sent")
        }
        let folder = (standard as NSString).deletingLastPathComponent
        let others = Set([folder] + found.values.map { ($0 as NSString).deletingLastPathComponent }).sorted()
        for name in systemLibraries.union(wanted) where found[name] == nil {
            let candidates = others + ["/usr" + folder]
            found[name] = candidates.map { "\($0)/\(name)" }.first { FileManager.default.fileExists(atPath: $0) }
        }
        return found
    }

    private static func digest(of path: String) throws(AssetError) -> String {
        do throws(RecordError) { return try SHA256.digest(ofFile: path).short } catch {
            throw AssetError(.unreadableFile, subject: path, reason: error.reason)
        }
    }

    /// Starts the worker under the C library of the system where that works, and under the one that came along elsewhere.
    ///
    /// The loader is always called by name, so that no variable tells libraries to what the worker starts in turn.
    private static func script() throws(AssetError) -> String {
        #if arch(x86_64)
            let loader = "ld-linux-x86-64.so.2"
            let own = "/lib64/\(loader)"
        #else
            let loader = "ld-linux-aarch64.so.1"
            let own = "/lib/\(loader)"
        #endif
        return """
            #!/bin/sh
            here=${0%/*}
            ASSAY_WORKER=$here/assay-worker
            export ASSAY_WORKER
            if \(own) --library-path "$here/lib" "$ASSAY_WORKER" </dev/null >/dev/null 2>&1; then
                exec \(own) --library-path "$here/lib" "$ASSAY_WORKER" "$@"
            fi
            exec "$here/system/\(loader)" --library-path "$here/lib:$here/system" "$ASSAY_WORKER" "$@"

            """
    }
}

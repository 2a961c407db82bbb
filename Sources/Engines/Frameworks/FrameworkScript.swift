import Assets
import Foundation
import Records
import Tensors

/// The script that is a framework's process, beside the kit that all of them share.
///
/// Adding a framework is one more script in `Scripts`, a case here, and an entry of `EnginePackage`.
enum FrameworkScript: String, Sendable {
    case jax
    case pytorch

    /// The path of the script, written out where it is not there yet.
    ///
    /// - Throws: `AssetError`.
    func path(home: AssayHome) throws(AssetError) -> String {
        let kit = PackageResources.assay_guest_py
        let folder = home.scripts + "/" + SHA256.digest(of: kit + source).short
        let script = "\(folder)/\(file)"
        guard !FileManager.default.fileExists(atPath: script) else { return script }
        let staging = try StagingFolder(home: home)
        defer { staging.remove() }
        try FileWriter.write(Bytes(copying: kit), to: staging.path + "/assay_guest.py")
        try FileWriter.write(Bytes(copying: source), to: "\(staging.path)/\(file)")
        try FileTree.makeFolder(home.scripts)
        try StoreLock.holding("script-\(rawValue)", home: home) { () throws(AssetError) in
            guard !FileManager.default.fileExists(atPath: script) else { return }
            try FileTree.remove(folder)
            try FileTree.move(staging.path, to: folder)
        }
        return script
    }

    /// Its own name: that of the framework would hide the framework's package.
    private var file: String { "assay_\(rawValue).py" }

    private var source: [UInt8] {
        switch self {
        case .jax: PackageResources.assay_jax_py
        case .pytorch: PackageResources.assay_pytorch_py
        }
    }
}

import Assets
import Foundation
import Records
import Tensors

/// The script that is a framework's process, beside the modules that several of them share.
///
/// Adding a framework is one more script in `Scripts` (named in `Package.swift` too), a case here, and an entry of
/// `EnginePackage`. The scripts' names differ from those of the frameworks, whose packages they would hide.
enum FrameworkScript: String, Sendable {
    case jax
    case litert
    case pytorch
    case tensorflow

    private static let files: [(name: String, content: [UInt8])] = [
        ("assay_forms.py", PackageResources.assay_forms_py),
        ("assay_guest.py", PackageResources.assay_guest_py),
        ("assay_jax_profile.py", PackageResources.assay_jax_profile_py),
        ("assay_jax.py", PackageResources.assay_jax_py),
        ("assay_litert.py", PackageResources.assay_litert_py),
        ("assay_onnx2tf.py", PackageResources.assay_onnx2tf_py),
        ("assay_pytorch.py", PackageResources.assay_pytorch_py),
        ("assay_steps.py", PackageResources.assay_steps_py),
        ("assay_tensorflow_profile.py", PackageResources.assay_tensorflow_profile_py),
        ("assay_tensorflow.py", PackageResources.assay_tensorflow_py),
    ]

    /// The path of the script; all of them are written out where they are not there yet.
    ///
    /// - Throws: `AssetError`.
    func path(home: AssayHome) throws(AssetError) -> String {
        let folder = home.scripts + "/" + SHA256.digest(of: Self.files.flatMap(\.content)).short
        let script = "\(folder)/assay_\(rawValue).py"
        try StoreLock.holding("scripts", home: home) { () throws(AssetError) in
            guard !FileManager.default.fileExists(atPath: folder) else { return }
            let staging = try StagingFolder(home: home)
            defer { staging.remove() }
            for file in Self.files {
                try FileWriter.write(Bytes(copying: file.content), to: "\(staging.path)/\(file.name)")
            }
            try FileTree.makeFolder(home.scripts)
            try FileTree.move(staging.path, to: folder)
        }
        return script
    }
}

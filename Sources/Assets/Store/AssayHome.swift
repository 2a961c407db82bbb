import Foundation

/// The folder that holds what Assay downloads, builds and records: `$ASSAY_HOME`, or `~/.assay`.
public struct AssayHome: Sendable, Hashable {
    /// Its absolute path.
    public let path: String

    /// Takes a folder, which need not exist yet.
    public init(path: String) {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// Takes the folder that this process's environment names, or `.assay` in the user's home.
    public init() { self.init(environment: ProcessInfo.processInfo.environment) }

    /// Takes the folder that an environment names, or `.assay` in the user's home.
    public init(environment: [String: String]) {
        if let named = environment["ASSAY_HOME"], !named.isEmpty {
            self.init(path: named)
        } else {
            let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
            self.init(path: home + "/.assay")
        }
    }

    /// Engine builds, side by side, one folder each.
    public var stacks: String { path + "/stacks" }
    /// Engines that were added, one file each.
    public var engines: String { path + "/engines" }
    /// Models in the forms of frameworks, in a folder named by their hash and the tools that made them.
    public var converted: String { path + "/converted" }
    /// Scripts of frameworks, in a folder named by their hash.
    public var scripts: String { path + "/scripts" }
    /// Workers with the libraries that they need, to run in containers and on other machines, in a folder named by their hash.
    public var workers: String { path + "/workers" }
    /// Container images, unpacked, in a folder named by their digest.
    public var images: String { path + "/images" }
    /// Models, each in a folder named by its SHA-256.
    public var models: String { path + "/models" }
    /// Data sets, each in a folder named by the SHA-256 of its manifest.
    public var data: String { path + "/data" }
    /// The node cases of the onnx package, in a folder named by the SHA-256 of their list.
    public var conformance: String { path + "/conformance" }
    /// Files as they were downloaded, each in a folder named by its SHA-256.
    public var downloads: String { path + "/downloads" }
    /// Files that are not complete yet; on the same volume as the rest, so that a rename finishes them.
    public var staging: String { path + "/staging" }
    /// Lock files.
    public var locks: String { path + "/locks" }
    /// The database of records.
    public var records: String { path + "/records.sqlite" }
}

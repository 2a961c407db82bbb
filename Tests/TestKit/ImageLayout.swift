import Foundation
public import Records

/// An OCI image layout in a folder, for tests of what reads them.
public struct ImageLayout {
    /// The folder.
    public let path: String

    /// Makes a layout without images.
    public init(_ path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path + "/blobs/sha256", withIntermediateDirectories: true)
        try Data(#"{"imageLayoutVersion":"1.0.0"}"#.utf8).write(to: URL(fileURLWithPath: path + "/oci-layout"))
    }

    /// Adds an image and makes it the one that the index lists.
    ///
    /// - Parameters:
    ///   - layers: tar files, packed or not.
    ///   - environment: variables as `NAME=VALUE`.
    ///   - architecture: the kind of machine; a list of manifests stands before the manifest where `nil` is not given.
    /// - Returns: the digest of the manifest, or of the list.
    public func add(_ layers: [[UInt8]], environment: [String] = [], architectures: [String]? = nil) throws -> Digest {
        let config = try blob(
            #"{"architecture":"amd64","os":"linux","config":{"Env":[\#(environment.map { "\"\($0)\"" }.joined(separator: ","))]}}"#
        )
        let stored = try layers.map { try blob($0) }
        let manifest = try blob(
            """
            {"schemaVersion":2,"config":\(descriptor(config)),"layers":[\(stored.map(descriptor).joined(separator: ","))]}
            """)
        var digest = manifest
        if let architectures {
            let entries = architectures.map {
                #"{"digest":"sha256:\#(manifest.hex)","size":1,"mediaType":"m","platform":{"os":"linux","architecture":"\#($0)"}}"#
            }
            digest = try blob(#"{"schemaVersion":2,"manifests":[\#(entries.joined(separator: ","))]}"#)
        }
        try Data(#"{"schemaVersion":2,"manifests":[\#(descriptor(digest))]}"#.utf8)
            .write(to: URL(fileURLWithPath: path + "/index.json"))
        return digest
    }

    /// The file of a blob.
    public func file(_ digest: Digest) -> String { "\(path)/blobs/sha256/\(digest.hex)" }

    private func descriptor(_ digest: Digest) -> String {
        #"{"digest":"sha256:\#(digest.hex)","size":1,"mediaType":"m"}"#
    }

    private func blob(_ text: String) throws -> Digest { try blob(Array(text.utf8)) }

    private func blob(_ bytes: [UInt8]) throws -> Digest {
        let digest = SHA256.digest(of: bytes)
        try Data(bytes).write(to: URL(fileURLWithPath: file(digest)))
        return digest
    }
}

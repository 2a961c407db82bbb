import Records

/// What an image consists of: its configuration and its layers, or the manifests of one image for several kinds of machine
/// (OCI image specification 1.1, image-spec/manifest.md and image-index.md; Docker's schema 2 has the same fields).
struct ImageManifest: Decodable {
    /// A blob by its digest.
    struct Descriptor: Decodable {
        /// The kind of machine that a manifest is for.
        struct Platform: Decodable {
            var architecture: String
            var os: String

            /// Whether this machine is of the kind.
            var isHere: Bool {
                #if arch(arm64)
                    os == "linux" && architecture == "arm64"
                #else
                    os == "linux" && architecture == "amd64"
                #endif
            }
        }

        var digest: Digest
        var mediaType: String?
        var platform: Platform?
    }

    /// The configuration; absent in a list of manifests.
    var config: Descriptor?
    /// The layers, the lowest first; absent in a list of manifests.
    var layers: [Descriptor]?
    /// The manifests of a list.
    var manifests: [Descriptor]?
}

/// The part of an image's configuration that matters to a program in it.
struct ImageConfiguration: Decodable {
    /// How programs run.
    struct Settings: Decodable {
        /// Variables as `NAME=VALUE`.
        var Env: [String]?
    }

    var architecture: String?
    var os: String?
    var config: Settings?
}

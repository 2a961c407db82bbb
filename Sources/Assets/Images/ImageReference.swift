import Foundation
public import Records

/// A container image by the digest of its manifest, so that it is the same image for ever (OCI image specification 1.1).
///
/// Written `debian@sha256:DIGEST` for one in a registry, and `oci:FOLDER@sha256:DIGEST` for one in a layout on this machine.
public struct ImageReference: Sendable, Hashable {
    /// Where it is kept.
    public enum Place: Sendable, Hashable {
        /// A name in a registry, such as `docker.io/library/debian`.
        case registry(name: String)
        /// A folder of this machine that is an OCI image layout.
        case layout(folder: String)
    }

    /// Where it is kept.
    public var place: Place
    /// The SHA-256 of its manifest, or of its list of manifests.
    public var digest: Digest

    /// Names an image.
    public init(_ place: Place, digest: Digest) {
        self.place = place
        self.digest = digest
    }

    /// Reads a reference.
    ///
    /// - Throws: `AssetError` of code `invalidImage` for one without a digest, which may be another image tomorrow.
    public init(_ text: String) throws(AssetError) {
        let mark = text.range(of: "@sha256:", options: .backwards)
        let name = mark.map { String(text[..<$0.lowerBound]) } ?? text
        let isLayout = name.hasPrefix(Self.layoutPrefix)
        let folder = isLayout ? String(name.dropFirst(Self.layoutPrefix.count)) : ""
        guard let mark, let digest = Digest(hex: String(text[mark.upperBound...])) else {
            throw AssetError(
                .invalidImage, subject: "image '\(text)'",
                reason: "it does not end in @sha256: and 64 hexadecimal digits, without which it is not one image",
                remedy: isLayout
                    ? "its digest stands in \(folder.split(separator: "@").first ?? "")/index.json"
                    : "find its digest with: skopeo inspect docker://\(name), or podman image inspect")
        }
        guard !(isLayout ? folder : name).isEmpty else {
            throw AssetError(.invalidImage, subject: "image '\(text)'", reason: "it has no name")
        }
        self.init(isLayout ? .layout(folder: folder) : .registry(name: name), digest: digest)
    }

    private static let layoutPrefix = "oci:"

    /// The reference as it is written.
    public var text: String {
        switch place {
        case .registry(let name): "\(name)@sha256:\(digest.hex)"
        case .layout(let folder): "\(Self.layoutPrefix)\(folder)@sha256:\(digest.hex)"
        }
    }

    /// What tables call it: the end of the name and the beginning of the digest.
    public var title: String {
        let path =
            switch place {
            case .registry(let name): name;
            case .layout(let folder): folder
            }
        return "\(path.split(separator: "/").last ?? "image")@\(digest.short)"
    }
}

extension AssetError.Code {
    /// A reference to a container image cannot be read.
    public static let invalidImage = Self(rawValue: "asset.invalid-image")
}

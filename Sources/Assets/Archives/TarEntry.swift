import Tensors

/// Anything that a tar file holds: a file, a folder or a link, under the whole of its name.
struct TarEntry {
    /// What it is.
    enum Kind {
        case regular
        case directory
        case symbolicLink
        case hardLink
    }

    /// The name as it stands there.
    let name: String
    let kind: Kind
    /// The permission bits.
    let mode: Int
    /// What a link points at.
    let link: String
    /// Where its content lies.
    let data: Range<Int>

    private static let block = 512

    /// Every entry, in file order; devices and the like are left out.
    ///
    /// - Throws: `AssetError` of code `malformed`.
    static func all(in bytes: Bytes, subject: String) throws(AssetError) -> [TarEntry] {
        var entries: [TarEntry] = []
        var position = 0
        var (longName, longLink): (String?, String?)
        while let header = bytes.slice(position..<(position + block)), header.array.contains(where: { $0 != 0 }) {
            let entry = try TarHeader(header, subject: "\(subject), byte \(position)")
            let start = position + block
            guard entry.size <= bytes.count - start, let data = bytes.slice(start..<(start + entry.size)) else {
                throw AssetError(
                    .malformed, subject: "\(subject), byte \(position)", reason: "a member ends early",
                    remedy: "fetch the file again")
            }
            position = start + entry.size + (block - entry.size % block) % block
            switch entry.kind {
            case .longName: longName = String(decoding: data.array.prefix { $0 != 0 }, as: UTF8.self)
            case .longLink: longLink = String(decoding: data.array.prefix { $0 != 0 }, as: UTF8.self)
            case .extendedHeader:
                longName = TarHeader.extended("path", in: data) ?? longName
                longLink = TarHeader.extended("linkpath", in: data) ?? longLink
            default:
                if let kind = Kind(entry.kind) {
                    entries.append(
                        TarEntry(
                            name: longName ?? entry.name, kind: kind, mode: entry.mode, link: longLink ?? entry.link,
                            data: start..<(start + entry.size)))
                }
                (longName, longLink) = (nil, nil)
            }
        }
        guard position > 0 else { throw AssetError(.malformed, subject: subject, reason: "it is not a tar file") }
        return entries
    }
}

extension TarEntry.Kind {
    fileprivate init?(_ kind: TarHeader.Kind) {
        switch kind {
        case .regular: self = .regular
        case .directory: self = .directory
        case .symbolicLink: self = .symbolicLink
        case .hardLink: self = .hardLink
        case .longName, .longLink, .extendedHeader, .other: return nil
        }
    }
}

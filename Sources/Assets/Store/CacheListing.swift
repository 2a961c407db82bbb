import Records
public import Foundation

/// What lies in an Assay home: one entry a download, model, data set or stack, with size and time of last use.
public struct CacheListing: Sendable {
    /// The kinds of things that are kept.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Files as they were downloaded.
        case downloads
        /// Models.
        case models
        /// Data sets.
        case data
        /// Engine builds.
        case stacks
        /// Cases of the standard.
        case conformance
        /// Models in the forms of frameworks.
        case converted
        /// Scripts of frameworks.
        case scripts
        /// Workers for other machines and for containers.
        case workers
        /// Images of containers.
        case images
        /// Engines that were added.
        case engines

        /// What becomes of what is removed.
        public var safety: String {
            switch self {
            case .downloads: "downloaded again when a stack or a model is installed that needs it"
            case .models, .data: "downloaded or made again when it is asked for; what you put there yourself is lost"
            case .stacks: "installed again from the downloads when it is asked for"
            case .conformance: "generated again by: assay provision --conformance"
            case .converted: "converted again when the framework loads the model"
            case .scripts, .workers: "written again when it is needed"
            case .images: "fetched again from where its stack names it"
            case .engines: "gone for good: only you can add it again; your program itself is not touched"
            }
        }

        /// Whether Assay makes or fetches what is removed again by itself.
        public var comesBack: Bool { self != .engines }
    }

    /// One thing that can be pruned on its own.
    public struct Entry: Sendable, Hashable {
        /// What it is.
        public let kind: Kind
        /// The name of the file, data set or stack.
        public let name: String
        /// The folder that holds it.
        public let path: String
        /// The bytes it takes.
        public let bytes: Int
        /// When it was last used.
        public let lastUsed: Date
    }

    /// The entries by kind, and the largest first.
    public let entries: [Entry]

    /// Looks through a home; an absent folder has no entries.
    public init(home: AssayHome) {
        entries = Kind.allCases.flatMap { kind in
            let folder = CacheListing.folder(of: kind, home: home)
            return FileTree.names(in: folder)
                .map { CacheListing.entry("\(folder)/\($0)", name: $0, kind: kind) }
                .sorted { ($0.bytes, $1.name) > ($1.bytes, $0.name) }
        }
    }

    private static func folder(of kind: Kind, home: AssayHome) -> String {
        switch kind {
        case .downloads: home.downloads
        case .models: home.models
        case .data: home.data
        case .stacks: home.stacks
        case .conformance: home.conformance
        case .converted: home.converted
        case .scripts: home.scripts
        case .workers: home.workers
        case .images: home.images
        case .engines: home.engines
        }
    }

    private static func entry(_ path: String, name: String, kind: Kind) -> Entry {
        let isHashed = Digest(hex: name) != nil
        let inner = isHashed ? FileTree.names(in: path).first : nil
        return Entry(
            kind: kind, name: inner ?? name, path: path, bytes: FileTree.size(of: path),
            lastUsed: FileTree.modificationDate(of: path) ?? .distantPast)
    }

    /// The bytes of all entries.
    public var bytes: Int { entries.reduce(0) { $0 + $1.bytes } }

    /// The entries of some kinds that were not used since a time.
    public func entries(kinds: Set<Kind> = Set(Kind.allCases), unusedSince time: Date = .distantFuture) -> [Entry] {
        entries.filter { kinds.contains($0.kind) && $0.lastUsed < time }
    }

    /// Removes entries and returns the bytes that were freed.
    ///
    /// - Throws: `AssetError` of code `unwritableFile`.
    public static func prune(_ entries: [Entry], home: AssayHome) throws(AssetError) -> Int {
        var freed = 0
        for entry in entries {
            let name = entry.path.split(separator: "/").last.map(String.init) ?? entry.name
            try StoreLock.holding(name, home: home) { () throws(AssetError) in try FileTree.remove(entry.path) }
            freed += entry.bytes
        }
        return freed
    }
}

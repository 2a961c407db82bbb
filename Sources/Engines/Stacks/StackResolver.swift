public import Assets

/// Finds the exact build for a request: from the lock, from the pinned defaults, or from the package index.
public struct StackResolver: Sendable {
    private let index: PackageIndex

    /// Makes a resolver.
    public init(index: PackageIndex) { self.index = index }

    /// The build for a request.
    ///
    /// - Throws: `AssetError` of code `notFound` for an unknown engine, `unsatisfiable` for a version that nobody has.
    public func resolve(_ request: StackRequest, lock: StackLock) throws(AssetError) -> StackBuild {
        if let locked = lock.build(for: request), locked.platform == StackBuild.currentPlatform { return locked }
        guard let package = EnginePackage.named(request.engine) else { throw Self.unknown(request.engine) }
        guard package.isVersioned || request.version == .any else {
            throw AssetError(
                .unsatisfiable, subject: "stack \(request.engine)",
                reason: "it has the version of Assay itself, so '\(request.version)' cannot be chosen",
                remedy: "leave 'version' out")
        }
        if StackBuild.currentPlatform == "linux-x86_64", let pinned = PackageVersion(package.pinned.version),
            request.version.allows(pinned)
        {
            return StackBuild(engine: package.engine, version: package.pinned.version, artifact: package.pinned)
        }
        let artifact = try index.resolve(package.package, request.version)
        return StackBuild(engine: package.engine, version: artifact.version, artifact: artifact)
    }

    private static func unknown(_ engine: String) -> AssetError {
        AssetError(
            .notFound, subject: "engine '\(engine)'", reason: "there is no such engine",
            remedy: "use one of "
                + (EnginePackage.all.map(\.engine) + BuiltInEngine.names).joined(separator: ", "))
    }
}

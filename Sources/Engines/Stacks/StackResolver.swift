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
        if StackBuild.currentPlatform == "linux-x86_64", let artifact = package.pinned,
            let pinned = PackageVersion(artifact.version), request.version.allows(pinned)
        {
            return StackBuild(engine: package.engine, version: artifact.version, artifact: artifact)
        }
        if case .python(_, let others, let alone) = package.form {
            return try environment(package, request.version, with: others, alone: alone)
        }
        let artifact = try index.resolve(package.package, request.version, from: package.oldest)
        return StackBuild(engine: package.engine, version: artifact.version, artifact: artifact)
    }

    /// The build of an engine in Python: its own package, and all that this and its script need, as pip would install them.
    private func environment(
        _ package: EnginePackage, _ constraint: VersionConstraint, with others: [String], alone: [String]
    ) throws(AssetError) -> StackBuild {
        let python = try index.pythonVersion()
        let main = try index.resolve(
            package.package, constraint, platform: .current(python: python.series), python: python,
            variant: package.variant)
        var all = try index.environment(["\(main.name)==\(main.version)"] + others)
        if !alone.isEmpty { all += try index.environment(alone, withDependencies: false) }
        return StackBuild(
            engine: package.engine, version: main.version, artifact: main,
            packages: all.filter { $0.name != main.name }.sorted { $0.name < $1.name }, python: python.series)
    }

    private static func unknown(_ engine: String) -> AssetError {
        AssetError(
            .notFound, subject: "engine '\(engine)'", reason: "there is no such engine",
            remedy: "use one of "
                + (EnginePackage.all.map(\.engine) + BuiltInEngine.names).joined(separator: ", ")
                + ", or one that was added with: assay engines add")
    }
}

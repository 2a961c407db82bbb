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
        let package = try Self.package(for: request)
        guard package.isVersioned || request.version == .any else {
            throw AssetError(
                .unsatisfiable, subject: "stack \(request.engine)",
                reason: "it has the version of Assay itself, so '\(request.version)' cannot be chosen",
                remedy: "leave 'version' out")
        }
        if StackBuild.currentPlatform == "linux-x86_64", let artifact = package.pinned,
            let pinned = PackageVersion(artifact.version), request.version.allows(pinned)
        {
            return StackBuild(
                engine: package.engine, version: artifact.version, artifact: artifact, device: package.device)
        }
        if case .python(_, let others, let alone) = package.form {
            return try environment(package, request.version, with: others, alone: alone)
        }
        let artifact = try index.resolve(package.package, request.version, from: package.oldest)
        return StackBuild(
            engine: package.engine, version: artifact.version, artifact: artifact,
            packages: try libraries(package, beside: artifact), device: package.device)
    }

    /// Where the engine of a request comes from, for the device that it asks for.
    private static func package(for request: StackRequest) throws(AssetError) -> EnginePackage {
        if let package = EnginePackage.named(request.engine, on: request.acceleratorKind) { return package }
        guard EnginePackage.named(request.engine) != nil else { throw unknown(request.engine) }
        throw AssetError(
            .unsupported, subject: "stack \(request.engine) on \(request.options.device)",
            reason: "Assay knows no build of it that computes there",
            remedy: "use one of \(EnginePackage.onCUDA.map(\.engine).joined(separator: ", ")), or leave 'device' out")
    }

    /// The packages of libraries that an engine's own package names as extras.
    private func libraries(_ package: EnginePackage, beside main: Artifact) throws(AssetError) -> [Artifact] {
        guard !package.extras.isEmpty else { return [] }
        let all = try index.environment([package.requirement(main)])
        let found = all.filter { artifact in package.libraryPackages.contains { artifact.name.hasPrefix($0) } }
        guard !found.isEmpty else {
            throw AssetError(
                .unsupported, subject: main.title, reason: "it does not say which libraries of the device it needs",
                remedy: "ask for a newer version")
        }
        return found.sorted { $0.name < $1.name }
    }

    /// The build of an engine in Python: its own package, and all that this and its script need, as pip would install them.
    private func environment(
        _ package: EnginePackage, _ constraint: VersionConstraint, with others: [String], alone: [String]
    ) throws(AssetError) -> StackBuild {
        let python = try index.pythonVersion()
        let main = try index.resolve(
            package.package, constraint, platform: .current(python: python.series), python: python,
            variant: package.variant, avoiding: package.avoided)
        var all = try index.environment([package.requirement(main)] + others)
        if !alone.isEmpty { all += try index.environment(alone, withDependencies: false) }
        return StackBuild(
            engine: package.engine, version: main.version, artifact: main,
            packages: all.filter { $0.name != main.name }.sorted { $0.name < $1.name }, python: python.series,
            device: package.device)
    }

    private static func unknown(_ engine: String) -> AssetError {
        AssetError(
            .notFound, subject: "engine '\(engine)'", reason: "there is no such engine",
            remedy: "use one of "
                + (EnginePackage.all.map(\.engine) + BuiltInEngine.names).joined(separator: ", ")
                + ", or one that was added with: assay engines add")
    }
}

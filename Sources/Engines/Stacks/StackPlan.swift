public import Assets

/// What installing stacks would take, found before anything is downloaded.
public struct StackPlan: Sendable {
    /// One stack.
    public struct Item: Sendable {
        /// What is asked for.
        public var request: StackRequest
        /// What it becomes; `nil` where it cannot be had.
        public var build: StackBuild?
        /// Why it cannot be had, with the nearest builds that can.
        public var obstacle: AssetError?
        /// Whether it is there already.
        public var isInstalled = false
        /// What has to be downloaded for it.
        public var missing: [Artifact] = []
        /// How many bytes that is; `nil` where the index does not tell.
        public var downloadBytes: Int?
    }

    /// The stacks, in the order in which they were asked for.
    public var items: [Item]

    /// The stacks that cannot be had.
    public var obstacles: [AssetError] { items.compactMap(\.obstacle) }

    /// Resolves stacks.
    ///
    /// - Parameters:
    ///   - lock: decides where it knows a request.
    ///   - isLocked: makes a request that the lock does not know an obstacle.
    ///   - fetcher: what is kept already, and whether anything may be looked up.
    public init(_ requests: [StackRequest], lock: StackLock, isLocked: Bool, fetcher: ArtifactFetcher) {
        let index = PackageIndex(isOffline: fetcher.isOffline)
        let resolver = StackResolver(index: index)
        let installer = StackInstaller(fetcher: fetcher)
        let carrier = StackCarrier(fetcher: fetcher)
        items = []
        for request in requests where !request.isBuiltIn {
            var item = Item(request: request)
            do throws(AssetError) {
                try carrier.check(request.place)
                let build = try isLocked ? Self.locked(request, lock) : resolver.resolve(request, lock: lock)
                item.build = build
                item.isInstalled = installer.isInstalled(build)
                if !item.isInstalled { item.missing = try fetcher.missing(of: build.artifacts) }
            } catch {
                item.obstacle = error
            }
            items.append(item)
        }
        addSizes(index)
    }

    private static func locked(_ request: StackRequest, _ lock: StackLock) throws(AssetError) -> StackBuild {
        guard let build = lock.build(for: request) else {
            throw AssetError(
                .notFound, subject: "stack \(request.engine) \(request.version)",
                reason: "the lock file does not know it", remedy: "leave out --locked once, which adds it")
        }
        guard build.platform == StackBuild.currentPlatform else {
            throw AssetError(
                .unsupported, subject: "stack \(request.engine) \(request.version)",
                reason: "it was locked for \(build.platform), and this is \(StackBuild.currentPlatform)")
        }
        return build
    }

    /// Asks the index how much there is to download; without an answer it is not known.
    private mutating func addSizes(_ index: PackageIndex) {
        let wanted = Set(items.flatMap(\.missing))
        guard !wanted.isEmpty, let sizes = try? index.sizes(of: Array(wanted)) else { return }
        for position in items.indices {
            let each = items[position].missing.map { sizes[$0.filename] }
            items[position].downloadBytes = each.contains(nil) ? nil : each.compactMap(\.self).reduce(0, +)
        }
    }
}

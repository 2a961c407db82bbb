public import Assets
import Foundation

/// What `assay engines` shows of one stack.
public struct StackListing: Sendable, Hashable {
    /// Whether a stack can be used.
    public enum State: Sendable, Hashable {
        case installed
        case installable
        case unavailable(reason: String)
    }

    /// The build.
    public var build: StackBuild
    /// True when it is the one that is used where a spec asks for no version.
    public var isDefault: Bool
    /// Whether it can be used.
    public var state: State

    /// Every stack that is installed or that a default names, by engine and version.
    public static func all(fetcher: ArtifactFetcher) -> [StackListing] {
        let installer = StackInstaller(fetcher: fetcher)
        var listings = EnginePackage.all.compactMap { package -> StackListing? in
            guard let pinned = package.pinned else { return nil }
            let build = StackBuild(
                engine: package.engine, version: pinned.version, artifact: pinned, platform: "linux-x86_64")
            return StackListing(build: build, isDefault: true, state: state(of: build, package, installer, fetcher))
        }
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: fetcher.home.stacks)) ?? []).sorted() {
            let path = fetcher.home.stacks + "/" + name + "/stack.json"
            guard let data = FileManager.default.contents(atPath: path),
                let manifest = try? JSONDecoder().decode(StackManifest.self, from: data),
                let package = EnginePackage.named(manifest.build.engine, on: manifest.build.device),
                !listings.contains(where: { $0.build == manifest.build })
            else { continue }
            listings.append(
                StackListing(
                    build: manifest.build, isDefault: false,
                    state: state(of: manifest.build, package, installer, fetcher)))
        }
        return listings.sorted { ($0.build.engine, $0.build.version) < ($1.build.engine, $1.build.version) }
    }

    /// The newest installed build that meets a request; `nil` where none does.
    package static func newestInstalled(for request: StackRequest, fetcher: ArtifactFetcher) -> StackBuild? {
        all(fetcher: fetcher).filter { listing in
            listing.state == .installed && listing.build.engine == request.engine
                && listing.build.device == request.acceleratorKind
                && PackageVersion(listing.build.version).map(request.version.allows) == true
        }.map(\.build).max { left, right in
            guard let left = PackageVersion(left.version), let right = PackageVersion(right.version) else {
                return false
            }
            return left < right
        }
    }

    private static func state(
        of build: StackBuild, _ package: EnginePackage, _ installer: StackInstaller, _ fetcher: ArtifactFetcher
    ) -> State {
        guard build.platform == StackBuild.currentPlatform else {
            return .unavailable(reason: "it is built for \(build.platform) and this is \(StackBuild.currentPlatform)")
        }
        if let needed = package.systemPackage, !SystemLibrary.exists(needed.library) {
            return .unavailable(reason: "\(needed.library) is missing: apt-get install \(needed.package)")
        }
        if installer.isInstalled(build) { return .installed }
        return fetcher.isOffline ? .unavailable(reason: "it is not installed, and downloads are off") : .installable
    }
}

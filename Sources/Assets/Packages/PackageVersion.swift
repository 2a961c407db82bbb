/// A version as Python packages number them (PEP 440): epoch, release, pre-, post- and development releases, local label.
public struct PackageVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// A stage before the final release.
    enum Stage: Int, Sendable, Hashable, Comparable {
        case alpha, beta, candidate

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    /// A pre-release: its stage and number.
    struct PreRelease: Sendable, Hashable {
        var stage: Stage
        var number: Int
    }

    var epoch = 0
    var release: [Int]
    var preRelease: PreRelease?
    var postRelease: Int?
    var development: Int?
    var local: String

    /// The version as it was written.
    public let description: String

    /// Reads a version; `nil` when it does not follow PEP 440.
    public init?(_ text: String) {
        var scanner = VersionScanner(text)
        scanner.skip("v")
        guard let first = scanner.number() else { return nil }
        if scanner.skip("!") {
            epoch = first
            guard let start = scanner.number() else { return nil }
            release = [start]
        } else {
            release = [first]
        }
        while let next = scanner.numberAfterDot() { release.append(next) }
        preRelease = scanner.preRelease()
        postRelease = scanner.postRelease()
        development = scanner.labelled("dev")
        guard let local = scanner.localLabel(), scanner.isAtEnd else { return nil }
        self.local = local
        description = text
    }

    /// The first two numbers of the release, as `3.11`.
    package var series: String { release.prefix(2).map(String.init).joined(separator: ".") }

    /// True for alphas, betas, candidates and development releases.
    public var isPreRelease: Bool { preRelease != nil || development != nil }

    /// The release without trailing zeros: `1.20` and `1.20.0` are the same version.
    private var significantRelease: ArraySlice<Int> {
        release[..<((release.lastIndex { $0 != 0 } ?? 0) + 1)]
    }

    /// Orders the parts after the release as PEP 440 does: dev < pre < final < post.
    private var suffixOrder: [Int] {
        let pre: [Int]
        if let preRelease {
            pre = [preRelease.stage.rawValue, preRelease.number]
        } else if development != nil, postRelease == nil {
            pre = [-1, 0]
        } else {
            pre = [Int.max, 0]
        }
        return pre + [postRelease ?? -1, development ?? Int.max]
    }

    /// Orders as PEP 440 does; local labels break ties.
    public static func < (left: PackageVersion, right: PackageVersion) -> Bool {
        if left.epoch != right.epoch { return left.epoch < right.epoch }
        if left.significantRelease != right.significantRelease {
            return left.significantRelease.lexicographicallyPrecedes(right.significantRelease)
        }
        if left.suffixOrder != right.suffixOrder {
            return left.suffixOrder.lexicographicallyPrecedes(right.suffixOrder)
        }
        return left.local < right.local
    }

    /// True when both denote one version, however they are written.
    public static func == (left: PackageVersion, right: PackageVersion) -> Bool { !(left < right) && !(right < left) }

    /// Hashes what equality compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(epoch)
        hasher.combine(significantRelease)
        hasher.combine(suffixOrder)
        hasher.combine(local)
    }

    /// True when this version's release begins with the numbers of another's, missing ones being zero: `==1.20.*`.
    func hasReleasePrefix(_ prefix: [Int]) -> Bool {
        prefix.indices.allSatisfy { (release.indices.contains($0) ? release[$0] : 0) == prefix[$0] }
    }

    /// The version without its local label.
    var withoutLocal: PackageVersion {
        var version = self
        version.local = ""
        return version
    }
}

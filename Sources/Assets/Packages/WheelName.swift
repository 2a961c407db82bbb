/// What the file name of a wheel says (PEP 427): `name-version(-build)?-python-abi-platform.whl`.
struct WheelName: Sendable, Hashable {
    let name: String
    let version: PackageVersion
    /// The build number that orders wheels of one version; 0 where there is none.
    let build: Int
    let pythonTags: [String]
    let abiTags: [String]
    let platformTags: [String]

    init?(_ filename: String) {
        guard filename.hasSuffix(".whl") else { return nil }
        let parts = filename.dropLast(4).split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5 || parts.count == 6, let version = PackageVersion(parts[1]) else { return nil }
        name = parts[0]
        self.version = version
        build = parts.count == 6 ? Int(parts[2].prefix { $0.isNumber }) ?? 0 : 0
        let tags = parts.suffix(3).map { $0.split(separator: ".").map(String.init) }
        (pythonTags, abiTags, platformTags) = (tags[0], tags[1], tags[2])
    }
}

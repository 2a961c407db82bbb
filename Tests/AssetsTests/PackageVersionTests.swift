import Assets
import Testing

@Suite struct PackageVersionTests {
    /// The order that PEP 440 prints in its section on summary of permitted suffixes and relative ordering, and more.
    static let ordered = [
        "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2",
        "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7",
        "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1", "1.2", "1.10", "1!0.1",
    ]

    @Test func versionsAreOrderedAsPublished() throws {
        let versions = try PackageVersionTests.ordered.map { try #require(PackageVersion($0), "\($0)") }
        for (index, version) in versions.enumerated() {
            for (other, later) in versions.enumerated() {
                #expect((version < later) == (index < other), "\(version) and \(later)")
            }
        }
        #expect(versions.shuffled().sorted().map(\.description) == PackageVersionTests.ordered)
    }

    @Test(arguments: [
        ("1.20", "1.20.0"), ("1.0-1", "1.0.post1"), ("v1.0", "1.0"), ("1.0c1", "1.0rc1"), ("1.0.ALPHA-2", "1.0a2"),
    ]) func spellingsOfOneVersionAreEqual(left: String, right: String) throws {
        let left = try #require(PackageVersion(left))
        let right = try #require(PackageVersion(right))
        #expect(left == right && left.hashValue == right.hashValue)
    }

    @Test(arguments: ["", "abc", "1.", "1..2", "1.0+", "1.0 2", "1.0x", "==1", "99999999999999999999"])
    func otherTextIsNoVersion(text: String) { #expect(PackageVersion(text) == nil) }

    @Test(
        arguments: [
            (
                ">=1.20 <1.21", ["1.20", "1.20.1", "1.20.1.post1"],
                ["1.19.2", "1.21", "1.21.0", "1.21rc1", "1.20.2rc1"]
            ),
            (">=1.20,<1.21", ["1.20.1"], ["1.21"]),
            (">= 1.20 , < 1.21", ["1.20.1"], ["1.21"]),
            ("~=1.20", ["1.20", "1.31.1"], ["2.0", "1.19"]),
            ("~=1.20.1", ["1.20.1", "1.20.9"], ["1.21", "1.20.0"]),
            ("==1.20.*", ["1.20", "1.20.3"], ["1.2", "1.21"]),
            ("!=1.20.*", ["1.21"], ["1.20.3"]),
            ("1.31.1", ["1.31.1", "1.31.1+cpu"], ["1.31"]),
            ("==1.31.1+cpu", ["1.31.1+cpu"], ["1.31.1"]),
            (">1.7", ["1.8"], ["1.7", "1.7.post1"]),
            ("<=2", ["2.0", "1"], ["2.0.1"]),
            (">=1.0rc1", ["1.0rc1", "1.0rc2", "1.1"], ["1.0b1"]),
            ("*", ["0.1", "9"], ["1a1"]),
            ("", ["0.1"], ["1.dev0"]),
        ] as [(String, [String], [String])])
    func constraintsAllowWhatTheySay(text: String, allowed: [String], refused: [String]) throws {
        let constraint = try VersionConstraint(text)
        for version in allowed { #expect(constraint.allows(try #require(PackageVersion(version))), "\(version)") }
        for version in refused { #expect(!constraint.allows(try #require(PackageVersion(version))), "\(version)") }
    }

    @Test(arguments: [">=", ">=x", "=1.0", "~=1", ">=1.20.*", "1.0 or 2.0", "==1.*.2"])
    func otherTextIsNoConstraint(text: String) {
        let error = #expect(throws: AssetError.self) { try VersionConstraint(text) }
        #expect(error?.code == .invalidVersion)
        #expect(error?.subject == "version constraint '\(text)'")
    }
}

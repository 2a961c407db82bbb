/// The wheels a machine can use: tags of Python, binary interface and platform (PEP 425), best first.
public struct PackagePlatform: Sendable, Hashable {
    /// The Python release whose wheels are taken, as `3.11`.
    public let pythonVersion: String
    /// Platform tags, best first; `any` is implied.
    public let tags: [String]

    /// Describes a platform.
    public init(pythonVersion: String = "3.11", tags: [String]) {
        self.pythonVersion = pythonVersion
        self.tags = tags
    }

    /// Linux on x86-64 with a C library of 2.28 or newer.
    public static let linuxX86 = PackagePlatform(tags: manylinux("x86_64", oldest: 5))
    /// Linux on 64-bit Arm with a C library of 2.28 or newer.
    public static let linuxArm = PackagePlatform(tags: manylinux("aarch64", oldest: 17))
    /// macOS 15 on Apple silicon.
    public static let macArm = PackagePlatform(
        tags: (11...15).reversed().flatMap { ["macosx_\($0)_0_arm64", "macosx_\($0)_0_universal2"] })
    /// macOS 15 on Intel.
    public static let macX86 = PackagePlatform(
        tags: (11...15).reversed().flatMap { ["macosx_\($0)_0_x86_64", "macosx_\($0)_0_universal2"] })

    /// The machine this was built for.
    public static var current: PackagePlatform {
        #if os(macOS) && arch(arm64)
            macArm
        #elseif os(macOS)
            macX86
        #elseif arch(arm64)
            linuxArm
        #else
            linuxX86
        #endif
    }

    /// The machine this was built for, with a release of Python.
    public static func current(python version: String) -> PackagePlatform {
        PackagePlatform(pythonVersion: version, tags: current.tags)
    }

    /// Tags of PEP 600 with the older names of PEP 513, 571 and 599 beside their equals.
    private static func manylinux(_ machine: String, oldest: Int) -> [String] {
        let aliases = [17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"]
        return (oldest...28).reversed().flatMap { minor in
            ["manylinux_2_\(minor)_\(machine)"] + (aliases[minor].map { ["\($0)_\(machine)"] } ?? [])
        }
    }

    /// How well a wheel fits: smaller is better, `nil` when it does not.
    func rank(of wheel: WheelName) -> Int? {
        let digits = pythonVersion.split(separator: ".").joined()
        let minor = pythonVersion.split(separator: ".").last.flatMap { Int($0) } ?? 0
        let interface: Int
        if wheel.pythonTags.contains("cp\(digits)"), !Set(wheel.abiTags).isDisjoint(with: ["cp\(digits)", "none"]) {
            interface = 0
        } else if wheel.abiTags.contains("abi3"), wheel.pythonTags.contains(where: { isEarlier($0, than: minor) }) {
            interface = 1
        } else if wheel.abiTags.contains("none"), !Set(wheel.pythonTags).isDisjoint(with: ["py3", "py\(digits)"]) {
            interface = 2
        } else {
            return nil
        }
        let platform = wheel.platformTags.compactMap { tag in tag == "any" ? tags.count : tags.firstIndex(of: tag) }
            .min()
        return platform.map { $0 * 4 + interface }
    }

    private func isEarlier(_ tag: String, than minor: Int) -> Bool {
        tag.hasPrefix("cp3") && (Int(tag.dropFirst(3)).map { $0 <= minor } ?? false)
    }
}

import Assets
import Records
import Foundation
import Testing

@Suite struct PackageIndexTests {
    static func digest(_ seed: Int) -> String { String(repeating: String(seed % 10), count: 64) }

    /// An index that offers the given files; the hash of each is its position's digit 64 times.
    static func index(_ names: [String], yanked: Set<String> = []) -> PackageIndex {
        let files = names.enumerated().map { position, name in
            #"{"filename": "\#(name)", "url": "https://example.org/\#(name)", "sha256": "\#(digest(position))", "#
                + #""yanked": \#(yanked.contains(name))}"#
        }
        return PackageIndex(
            runner: PackageRecordedRunner { _ in
                CommandResult(status: 0, output: "[\(files.joined(separator: ","))]")
            })
    }

    static let runtime = index(
        [
            "onnxruntime-1.19.2-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
            "onnxruntime-1.20.0-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
            "onnxruntime-1.20.1-cp310-cp310-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
            "onnxruntime-1.20.1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
            "onnxruntime-1.20.1-cp311-cp311-manylinux_2_27_aarch64.manylinux_2_28_aarch64.whl",
            "onnxruntime-1.20.2-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
            "onnxruntime-1.21.0-cp311-cp311-win_amd64.whl",
            "onnxruntime-1.31.1-cp311-cp311-manylinux_2_28_x86_64.whl",
            "onnxruntime-1.32.0rc1-cp311-cp311-manylinux_2_28_x86_64.whl",
        ], yanked: ["onnxruntime-1.20.2-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl"])

    @Test func theNewestAllowedWheelOfThePlatformIsChosen() throws {
        let range = try VersionConstraint(">=1.20 <1.21")
        let onIntel = try PackageIndexTests.runtime.resolve("onnxruntime", range, platform: .linuxX86)
        #expect(onIntel.version == "1.20.1")
        #expect(onIntel.filename == "onnxruntime-1.20.1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl")
        #expect(onIntel.sha256.hex == PackageIndexTests.digest(3))
        let onArm = try PackageIndexTests.runtime.resolve("onnxruntime", range, platform: .linuxArm)
        #expect(onArm.sha256.hex == PackageIndexTests.digest(4))
        let newest = try PackageIndexTests.runtime.resolve("onnxruntime", .any, platform: .linuxX86)
        #expect(newest.version == "1.31.1", "pre-releases and wheels of other systems are left out")
        let versions = try PackageIndexTests.runtime.versions(of: "onnxruntime", platform: .linuxX86)
        #expect(versions.map(\.description) == ["1.19.2", "1.20.0", "1.20.1", "1.31.1", "1.32.0rc1"])
    }

    @Test func anUnsatisfiableConstraintNamesTheNearestVersions() throws {
        let error = #expect(throws: AssetError.self) {
            try PackageIndexTests.runtime.resolve(
                "onnxruntime", VersionConstraint(">=1.20.5 <1.21"), platform: .linuxX86)
        }
        #expect(error?.code == .unsatisfiable)
        #expect(
            error?.description
                == "package onnxruntime: no version meets '>=1.20.5 <1.21'; nearest versions: 1.20.0, 1.20.1, 1.31.1")
    }

    @Test func stableInterfacesAndBuildNumbersDecide() throws {
        let names = [
            "tool-1.0-py3-none-any.whl", "tool-1.0-cp39-abi3-manylinux2014_x86_64.whl",
            "tool-2.0-5-cp311-cp311-manylinux_2_28_x86_64.whl", "tool-2.0-12-cp311-cp311-manylinux_2_28_x86_64.whl",
            "tool-3.0-cp312-abi3-manylinux2014_x86_64.whl", "tool-3.0.tar.gz", "notawheel.whl",
        ]
        let index = PackageIndexTests.index(names)
        #expect(try index.resolve("tool", .any, platform: .linuxX86).filename == names[3])
        #expect(try index.resolve("tool", VersionConstraint("<2"), platform: .linuxX86).filename == names[1])
        #expect(try index.resolve("tool", VersionConstraint("<2"), platform: .macArm).filename == names[0])
        #expect(try index.sourceArchive("Tool", version: "3.0").filename == "tool-3.0.tar.gz")
    }

    /// A wheel in a folder of this machine, of which the list has no hash, is hashed once it is chosen, and no other one is.
    @Test func aKeptWheelIsHashedWhenItIsChosen() throws {
        let temporary = PackageTemporaryHome()
        try FileManager.default.createDirectory(atPath: temporary.home.path, withIntermediateDirectories: true)
        let path = temporary.home.path + "/tool-2.0-py3-none-any.whl"
        try Data("wheel".utf8).write(to: URL(fileURLWithPath: path))
        let files = ["1.0", "2.0"].map { version in
            #"{"filename": "tool-\#(version)-py3-none-any.whl", "url": "\#(temporary.home.path)/tool-\#(version)-"#
                + #"py3-none-any.whl", "sha256": null, "yanked": false}"#
        }
        let index = PackageIndex(
            runner: PackageRecordedRunner { _ in
                CommandResult(status: 0, output: "[\(files.joined(separator: ","))]")
            })
        #expect(try index.resolve("tool", .any, platform: .linuxX86).sha256 == SHA256.digest(of: "wheel"))
        let absent = #expect(throws: AssetError.self) {
            try index.resolve("tool", VersionConstraint("<2"), platform: .linuxX86)
        }
        #expect(absent?.code == .unreadableFile)
    }

    @Test(arguments: [
        (13, "asset.missing-tool"), (14, "asset.not-found"), (15, "asset.offline"), (1, "asset.tool-failed"),
    ]) func failuresOfTheClientAreTold(status: Int, code: String) {
        let index = PackageIndex(
            runner: PackageRecordedRunner { _ in CommandResult(status: status, errors: "first\nwhat went wrong\n") })
        let error = #expect(throws: AssetError.self) { try index.versions(of: "x") }
        #expect(error?.code.rawValue == code)
        if status != 13 { #expect(error?.reason.contains("what went wrong") == true) }
    }

    @Test func nothingIsAskedOffline() {
        let runner = PackageRecordedRunner { _ in CommandResult(status: 0, output: "[]") }
        let error = #expect(throws: AssetError.self) {
            try PackageIndex(runner: runner, isOffline: true).resolve("x", .any)
        }
        #expect(error?.code == .offline)
        #expect(runner.commands.isEmpty)
    }
}

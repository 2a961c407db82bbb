import Assets
import Foundation
import Records
import Testing

/// What pip would install, as the index's own client tells it.
@Suite struct PackageEnvironmentTests {
    private static let hash = String(repeating: "ab", count: 32)

    private func report(_ items: [(name: String, version: String, url: String, hash: String?)]) -> String {
        let entries = items.map { item in
            let hashes = item.hash.map { #"{"sha256": "\#($0)"}"# } ?? "{}"
            return """
                {"download_info": {"url": "\(item.url)", "archive_info": {"hashes": \(hashes)}},
                 "metadata": {"name": "\(item.name)", "version": "\(item.version)"}}
                """
        }
        return #"{"version": "1", "install": [\#(entries.joined(separator: ","))]}"#
    }

    private func environment(_ text: String, status: Int = 0, errors: String = "") throws -> [Artifact] {
        let runner = PackageRecordedRunner { command in
            #expect(command.arguments.contains("--only-binary=:all:") && command.arguments.last == "b")
            return CommandResult(status: status, output: text, errors: errors)
        }
        return try PackageIndex(runner: runner).environment(["a==1", "b"])
    }

    @Test func everyPackageIsPinnedByItsHash() throws {
        let text = report([
            ("Torch_Thing", "2.1+cpu", "https://index.invalid/x/torch_thing-2.1%2Bcpu-py3-none-any.whl", Self.hash),
            ("alpha", "1.0", "https://index.invalid/alpha-1.0-py3-none-any.whl", Self.hash),
        ])
        let artifacts = try environment(text)
        #expect(artifacts.map(\.name) == ["alpha", "torch-thing"])
        #expect(artifacts[1].filename == "torch_thing-2.1+cpu-py3-none-any.whl" && artifacts[1].version == "2.1+cpu")
        #expect(artifacts.allSatisfy { $0.sha256.hex == Self.hash && $0.kind == .wheel && $0.url == nil })
    }

    @Test(arguments: [nil, "abc"]) func whatHasNoHashIsRefused(hash: String?) {
        let text = report([("alpha", "1.0", "https://index.invalid/alpha-1.0-py3-none-any.whl", hash)])
        #expect(throws: AssetError.self) { try environment(text) }
    }

    /// A source archive would have to be built.
    @Test func whatIsNoWheelIsRefused() {
        let text = report([("alpha", "1.0", "https://index.invalid/alpha-1.0.tar.gz", Self.hash)])
        #expect(throws: AssetError.self) { try environment(text) }
    }

    @Test func pipsOwnWordsAreTheReason() throws {
        do {
            _ = try environment("", status: 1, errors: "noise\nERROR: No matching distribution found for a==1\n")
            Issue.record("it was resolved")
        } catch let error as AssetError {
            #expect(error.code == .unsatisfiable && error.reason.contains("No matching distribution"))
        }
    }

    @Test func nothingIsLookedUpOffline() {
        let runner = PackageRecordedRunner { _ in CommandResult(status: 0) }
        #expect(throws: AssetError.self) { try PackageIndex(runner: runner, isOffline: true).environment(["a"]) }
        #expect(runner.commands.isEmpty)
    }

    /// An index lists releases for other Pythons too.
    @Test func releasesForOtherPythonsAreLeftOut() throws {
        let files = [("1.0", nil), ("2.0", ">=3.12"), ("1.5", ">=3.9")].map { version, python in
            let requires = python.map { "\"\($0)\"" } ?? "null"
            return """
                {"filename": "alpha-\(version)-py3-none-any.whl", "url": "https://index.invalid/a", "yanked": false,
                 "sha256": "\(Self.hash)", "requiresPython": \(requires)}
                """
        }
        let runner = PackageRecordedRunner { _ in
            CommandResult(status: 0, output: "[\(files.joined(separator: ","))]")
        }
        let index = PackageIndex(runner: runner)
        let python = try #require(PackageVersion("3.11.7"))
        #expect(try index.resolve("alpha", .any, python: python).version == "1.5")
        #expect(try index.resolve("alpha", .any).version == "2.0")
        let oldest = try #require(PackageVersion("1.2"))
        #expect(throws: AssetError.self) {
            try index.resolve("alpha", try VersionConstraint("<1.2"), from: oldest)
        }
    }

    private func index(ofTorch versions: [String]) -> PackageIndex {
        let files = versions.map { version in
            """
            {"filename": "torch-\(version)-py3-none-any.whl", "url": "https://index.invalid/a", "yanked": false,
             "sha256": "\(Self.hash)"}
            """
        }
        return PackageIndex(
            runner: PackageRecordedRunner { _ in
                CommandResult(status: 0, output: "[\(files.joined(separator: ","))]")
            })
    }

    /// A local label makes a version the newer one; who wants the other asks so.
    @Test func aVariantIsAvoidedWhereThereAreOthers() throws {
        let index = index(ofTorch: ["2.1+cpu", "2.1", "2.0"])
        #expect(try index.resolve("torch", .any).version == "2.1+cpu")
        #expect(try index.resolve("torch", .any, avoiding: "cpu").version == "2.1")
        let only = self.index(ofTorch: ["2.1+cpu"])
        #expect(try only.resolve("torch", .any, avoiding: "cpu").version == "2.1+cpu")
    }

    @Test func aVariantIsPreferredWhereAnyVersionWillDo() throws {
        let index = index(ofTorch: ["2.1", "2.0+cpu", "1.9+cpu"])
        #expect(try index.resolve("torch", .any, variant: "cpu").version == "2.0+cpu")
        #expect(try index.resolve("torch", .any, variant: "rocm").version == "2.1")
        #expect(try index.resolve("torch", try VersionConstraint(">=2.1"), variant: "cpu").version == "2.1")
    }
}

/// Unfinished folders of processes that were killed.
@Suite struct StagingTests {
    @Test func whatNobodyHoldsIsRemoved() throws {
        let temporary = PackageTemporaryHome()
        let staging = temporary.home.staging
        try FileManager.default.createDirectory(
            atPath: staging + "/dead/inner", withIntermediateDirectories: true)
        _ = FileManager.default.createFile(atPath: staging + "/dead.lock", contents: nil)
        try FileManager.default.createDirectory(atPath: staging + "/orphan", withIntermediateDirectories: true)
        let held = try StagingFolder(home: temporary.home)
        #expect(!FileManager.default.fileExists(atPath: staging + "/dead"))
        #expect(!FileManager.default.fileExists(atPath: staging + "/orphan"))
        // One that lives is left alone, by this process too.
        let other = try StagingFolder(home: temporary.home)
        #expect(FileManager.default.fileExists(atPath: held.path))
        held.remove()
        other.remove()
        #expect(try FileManager.default.contentsOfDirectory(atPath: staging).isEmpty)
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let temporary = PackageTemporaryHome()
        let free = try #require(FreeSpace.available(in: temporary.home))
        try FreeSpace.require(1, for: "a stack", in: temporary.home)
        #expect(throws: AssetError.self) { try FreeSpace.require(free, for: "a stack", in: temporary.home) }
    }
}

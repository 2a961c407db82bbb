import Assets
import Records
import Foundation
import Synchronization
import Tensors
import Testing

@Suite struct PackageFetcherTests {
    static let content = Bytes(copying: "the content of a wheel".utf8)

    static func wheel(_ content: Bytes = content) -> Artifact {
        Artifact(
            kind: .wheel, name: "tool", version: "1.0", filename: "tool-1.0-py3-none-any.whl",
            sha256: SHA256.hash(content))
    }

    /// A pip that leaves a file in the folder given after `--dest`.
    static func pip(leaving content: Bytes) -> PackageRecordedRunner {
        PackageRecordedRunner { command in
            let position = try #require(command.arguments.firstIndex(of: "--dest"))
            let folder = command.arguments[position + 1]
            try FileWriter.write(content, to: folder + "/tool-1.0-py3-none-any.whl")
            return CommandResult(status: 0)
        }
    }

    @Test func aFileIsFetchedOnceAndKept() throws {
        let temporary = PackageTemporaryHome()
        let runner = PackageFetcherTests.pip(leaving: PackageFetcherTests.content)
        let log = Mutex<[String]>([])
        let fetcher = ArtifactFetcher(home: temporary.home, runner: runner) { event in
            log.withLock {
                switch event {
                case .started: $0.append("started")
                case .received(_, let bytes): $0.append("received \(bytes)")
                case .finished(_, let bytes, let wasCached): $0.append("finished \(bytes) \(wasCached)")
                }
            }
        }
        let path = try fetcher.fetch(PackageFetcherTests.wheel())
        #expect(path.hasSuffix("/downloads/\(PackageFetcherTests.wheel().sha256)/tool-1.0-py3-none-any.whl"))
        #expect(try Bytes(mapping: path) == PackageFetcherTests.content)
        #expect(try fetcher.fetch(PackageFetcherTests.wheel()) == path)
        #expect(runner.commands.count == 1)
        let events = log.withLock { $0 }
        #expect(events.first == "started")
        #expect(events.suffix(2) == ["finished 22 false", "finished 22 true"])
        #expect(events.contains { $0.hasPrefix("received") })
        let command = try #require(runner.commands.first)
        #expect(command.program == "python3")
        for word in ["download", "--no-deps", "--only-binary=:all:", "--require-hashes"] {
            #expect(command.arguments.contains(word))
        }
        let staging = (try? FileManager.default.contentsOfDirectory(atPath: temporary.home.staging)) ?? []
        #expect(staging.isEmpty)
    }

    @Test func aWrongHashIsRefusedWithBothHashes() throws {
        let temporary = PackageTemporaryHome()
        let other = Bytes(copying: "something else".utf8)
        let fetcher = ArtifactFetcher(home: temporary.home, runner: PackageFetcherTests.pip(leaving: other))
        let error = #expect(throws: AssetError.self) { try fetcher.fetch(PackageFetcherTests.wheel()) }
        #expect(error?.code == .hashMismatch)
        #expect(error?.reason.contains(SHA256.hash(other).hex) == true)
        #expect(error?.reason.contains(PackageFetcherTests.wheel().sha256.hex) == true)
        #expect(CacheListing(home: temporary.home).entries.isEmpty)
    }

    @Test func whatPipSaysAboutHashesIsPassedOn() throws {
        let temporary = PackageTemporaryHome()
        let got = String(repeating: "e", count: 64)
        let runner = PackageRecordedRunner { _ in
            CommandResult(
                status: 1, errors: "ERROR: THESE PACKAGES DO NOT MATCH\n  Expected sha256 ab\n  Got        \(got)\n")
        }
        let error = #expect(throws: AssetError.self) {
            try ArtifactFetcher(home: temporary.home, runner: runner).fetch(PackageFetcherTests.wheel())
        }
        #expect(error?.code == .hashMismatch)
        #expect(error?.reason.contains(got) == true)
    }

    @Test func offlineOnlyWhatIsKeptIsGiven() throws {
        let temporary = PackageTemporaryHome()
        let runner = PackageFetcherTests.pip(leaving: PackageFetcherTests.content)
        let offline = ArtifactFetcher(home: temporary.home, runner: runner, isOffline: true)
        let error = #expect(throws: AssetError.self) { try offline.fetch(PackageFetcherTests.wheel()) }
        #expect(error?.code == .offline)
        let path = try ArtifactFetcher(home: temporary.home, runner: runner).fetch(PackageFetcherTests.wheel())
        #expect(try offline.fetch(PackageFetcherTests.wheel()) == path)
    }

    @Test func aFileThatChangedOnDiskIsFetchedAgain() throws {
        let temporary = PackageTemporaryHome()
        let runner = PackageFetcherTests.pip(leaving: PackageFetcherTests.content)
        let fetcher = ArtifactFetcher(home: temporary.home, runner: runner)
        let path = try fetcher.fetch(PackageFetcherTests.wheel())
        try FileWriter.write(Bytes(copying: "damaged".utf8), to: path)
        #expect(try Bytes(mapping: fetcher.fetch(PackageFetcherTests.wheel())) == PackageFetcherTests.content)
        #expect(runner.commands.count == 2)
    }

    @Test func addressesOtherThanHttpsAreRefused() throws {
        let temporary = PackageTemporaryHome()
        let artifact = Artifact(
            kind: .url, name: "x", version: "1", filename: "x", sha256: SHA256.hash(PackageFetcherTests.content),
            url: "http://example.org/x")
        let fetcher = ArtifactFetcher(
            home: temporary.home, runner: PackageRecordedRunner { _ in CommandResult(status: 0) })
        #expect(throws: AssetError.self) { try fetcher.fetch(artifact) }
    }

    @Test func theCacheListsAndPrunes() throws {
        let temporary = PackageTemporaryHome()
        let runner = PackageFetcherTests.pip(leaving: PackageFetcherTests.content)
        _ = try ArtifactFetcher(home: temporary.home, runner: runner).fetch(PackageFetcherTests.wheel())
        let listing = CacheListing(home: temporary.home)
        #expect(listing.entries.map(\.name) == ["tool-1.0-py3-none-any.whl"])
        #expect(listing.bytes == PackageFetcherTests.content.count)
        #expect(listing.entries(kinds: [.models]).isEmpty)
        #expect(listing.entries(unusedSince: Date(timeIntervalSinceNow: -60)).isEmpty)
        #expect(try CacheListing.prune(listing.entries(kinds: [.downloads]), home: temporary.home) == listing.bytes)
        #expect(CacheListing(home: temporary.home).entries.isEmpty)
    }

    /// Each kind lies in its folder; what an engine that was added is, no download brings back.
    @Test(arguments: CacheListing.Kind.allCases) func everyKindIsListedAndPruned(kind: CacheListing.Kind) throws {
        let temporary = PackageTemporaryHome()
        let folder = "\(temporary.home.path)/\(kind.rawValue)/0123456789ab"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: folder + "/file"))
        let entries = CacheListing(home: temporary.home).entries
        #expect(entries.map(\.kind) == [kind] && entries.map(\.name) == ["0123456789ab"] && entries[0].bytes == 3)
        #expect(kind.comesBack == (kind != .engines) && !kind.safety.isEmpty)
        #expect(try CacheListing.prune(entries, home: temporary.home) == 3)
        #expect(CacheListing(home: temporary.home).entries.isEmpty)
    }

    @Test func aMissingProgramIsNamed() {
        let error = #expect(throws: AssetError.self) {
            try ProcessRunner().run(Command("no-such-program-anywhere", []))
        }
        #expect(error?.code == .missingTool)
    }

    @Test func programsAreRunWithTheirStatusAndOutput() throws {
        let result = try ProcessRunner().run(
            Command("sh", ["-c", "echo $GREETING; echo trouble >&2; exit 3"], environment: ["GREETING": "hello"]))
        #expect(result == CommandResult(status: 3, output: "hello\n", errors: "trouble\n"))
    }
}

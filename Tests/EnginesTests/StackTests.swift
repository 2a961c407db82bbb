import Assets
import Engines
import Foundation
import Records
import Specs
import Testing

@Suite struct StackTests {
    @Test func commandLineVersionsMeanWhatUsersMean() throws {
        #expect(try StackRequest(commandLine: "onnxruntime").version == .any)
        let series = try StackRequest(commandLine: "onnxruntime@1.20").version
        let inside = try #require(PackageVersion("1.20.1"))
        let outside = try #require(PackageVersion("1.21.0"))
        #expect(series.allows(inside) && !series.allows(outside))
        #expect(
            try StackRequest(commandLine: "openvino@>=2026").version.allows(try #require(PackageVersion("2026.4.1"))))
        #expect(throws: AssetError.self) { try StackRequest(commandLine: "onnxruntime@one") }
    }

    @Test func titlesSayWhatDiffersFromTheDefaults() {
        var request = StackRequest("onnxruntime")
        #expect(request.title(version: "1.31.1") == "onnxruntime 1.31.1")
        request.options.threads = 2
        request.options.flushDenormals = false
        #expect(request.title(version: "1.31.1") == "onnxruntime 1.31.1, 2 threads, denormals kept")
    }

    @Test func aSpecNamesAStackShortOrInFull() throws {
        struct Holder: Sendable {
            var stacks: [StackRequest] = []
            static let spec = SpecObject(
                "holder", "Stacks.", initial: Holder(),
                [SpecField("stacks", \.stacks, .oneOrMany(of: StackRequest.type), "Stacks.")])
        }
        let text = """
            stacks:
              - native
              - {engine: onnxruntime, version: ">=1.20 <1.21", threads: 2, environment: {A: "1"}}
            """
        let stacks = try Holder.spec.decode(text).value.stacks
        #expect(stacks.map(\.engine) == ["native", "onnxruntime"])
        #expect(stacks[1].options.threads == 2)
        #expect(stacks[1].environment == ["A": "1"])
        #expect(stacks[1].version.allows(try #require(PackageVersion("1.20.1"))))
    }

    @Test func pinnedBuildsNeedNoIndex() throws {
        let resolver = StackResolver(index: PackageIndex(runner: NoPrograms(), isOffline: true))
        for request in StackRequest.defaults where StackBuild.currentPlatform == "linux-x86_64" {
            #expect(try resolver.resolve(request, lock: StackLock()).engine == request.engine)
        }
    }

    @Test func aLockedBuildWins() throws {
        let resolver = StackResolver(index: PackageIndex(runner: NoPrograms(), isOffline: true))
        let request = try StackRequest(commandLine: "onnxruntime@1.20")
        let hash = try #require(Digest(hex: String(repeating: "ab", count: 32)))
        let build = StackBuild(
            engine: "onnxruntime", version: "1.20.1",
            artifact: Artifact(kind: .wheel, name: "onnxruntime", version: "1.20.1", filename: "x.whl", sha256: hash))
        var lock = StackLock()
        lock.record(request, build)
        #expect(try resolver.resolve(request, lock: lock) == build)
        // Without the lock the index would have to be asked.
        #expect(throws: AssetError.self) { try resolver.resolve(request, lock: StackLock()) }
    }

    @Test func lockFilesRoundTripAndRefuseStrangers() throws {
        let path = NSTemporaryDirectory() + "assay-lock-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try StackLock(contentsOf: path) == StackLock())
        var lock = StackLock()
        lock.record(
            StackRequest("native"),
            try StackResolver(index: PackageIndex(runner: NoPrograms(), isOffline: true)).resolve(
                StackRequest("native"), lock: lock))
        try lock.write(to: path)
        #expect(try StackLock(contentsOf: path) == lock)
        try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: AssetError.self) { try StackLock(contentsOf: path) }
    }

    @Test func unknownEnginesAndVersionsAreRefused() throws {
        let resolver = StackResolver(index: PackageIndex(runner: NoPrograms(), isOffline: true))
        let unknown = #expect(throws: AssetError.self) {
            try resolver.resolve(StackRequest("tensorflop"), lock: StackLock())
        }
        #expect(unknown?.remedy.contains("onnxruntime") == true)
        #expect(throws: AssetError.self) {
            try resolver.resolve(StackRequest(commandLine: "native@3"), lock: StackLock())
        }
    }

    /// A machine without any program: what asks for one fails.
    struct NoPrograms: CommandRunner {
        func run(_ command: Command, whileRunning: () -> Void) throws(AssetError) -> CommandResult {
            throw AssetError(.missingTool, subject: command.program, reason: "there is none")
        }
    }
}

/// Engines that users add.
@Suite struct AddedEngineTests {
    @Test(arguments: ["native", "onnxruntime", "", "my engine", "../mine"]) func aNameIsCheckedByItself(name: String) {
        let error = #expect(throws: AssetError.self) { try AddedEngine.check(name) }
        #expect(error?.code == .invalidStack && error?.remedy == "choose another name")
    }

    /// Those that were added before versions were kept are read too.
    @Test func theVersionIsKept() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let home = AssayHome(path: folder.path)
        try AddedEngine(name: "mine", command: ["worker"], version: "1.2").save(home: home)
        #expect(try AddedEngine.named("mine", home: home)?.version == "1.2")
        try Data(#"{"name": "mine", "command": ["worker"]}"#.utf8).write(
            to: URL(fileURLWithPath: home.engines + "/mine.json"))
        #expect(try AddedEngine.named("mine", home: home) == AddedEngine(name: "mine", command: ["worker"]))
        #expect(throws: AssetError.self) { try AddedEngine(name: "native", command: ["worker"]).save(home: home) }
    }
}

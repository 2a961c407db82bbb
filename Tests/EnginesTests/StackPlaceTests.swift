import Assets
import Engines
import Foundation
import Graphs
import Records
import Tensors
import TestKit
import Testing

/// Stacks elsewhere: a shell of this machine in a home of its own stands for another machine, and an image made of this
/// machine's own shell for a container.
@Suite(.timeLimit(.minutes(5))) struct StackPlaceTests {
    private let folder: TemporaryFolder
    private let home: AssayHome
    private let notes = Heard<String>()

    init() throws {
        folder = try TemporaryFolder()
        home = AssayHome(path: folder.file("home"))
    }

    private var carrier: StackCarrier {
        let notes = notes
        return StackCarrier(
            fetcher: ArtifactFetcher(home: home, isOffline: true), worker: TestWorker.path, note: { notes.add($0) })
    }

    /// A stack whose libraries lie in the home, and whose guest has a script there.
    private func stack(at place: StackPlace) throws -> PreparedStack {
        let libraries = home.stacks + "/fake-1-0123"
        try FileManager.default.createDirectory(atPath: libraries, withIntermediateDirectories: true)
        try Data("library".utf8).write(to: URL(fileURLWithPath: libraries + "/libfake.so"))
        return PreparedStack(
            request: StackRequest("fake", place: place), title: "fake", libraries: libraries, version: nil,
            guest: GuestCommand(
                ["python3", home.path + "/scripts/ab/assay_fake.py", libraries + "/site"],
                environment: ["ASSAY_CONVERTED": home.converted, "OTHER": "as it is"]))
    }

    private func shell(_ home: String) -> StackPlace {
        .shell(["/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "HOME=\(home)", "sh", "-c"])
    }

    private func carry(_ stack: PreparedStack, by carrier: StackCarrier) async throws -> PreparedStack {
        try await offThePool { try carrier.carry(stack) }
    }

    /// Starts a worker and has it load a model that lies here.
    private func expectItServes(_ stack: PreparedStack, _ check: (WorkerClient) -> Void = { _ in }) async throws {
        let client = try await WorkerClient.start(try #require(stack.launcher))
        check(client)
        _ = try await client.open(engine: "fake", libraries: "1")
        let model = try FakeModel.onnx(["1": FakeModel()])
        try model.write(to: folder.file("model.onnx"))
        let loaded = try await client.load(contentsOf: folder.file("model.onnx"), options: EngineOptions())
        #expect(loaded.id > 0)
        await client.shutdown()
    }

    @Test func whatRunsHereIsLeftAlone() throws {
        let stack = try stack(at: .here)
        #expect(try carrier.carry(stack) == stack)
    }

    @Test func aCommandBeforeTheWorkersIsPutThere() throws {
        let carried = try carrier.carry(try stack(at: .launched(["srun", "-n1"])))
        #expect(carried.launcher?.prefix == ["srun", "-n1"] && carried.launcher?.seesFiles == true)
        #expect(carried.libraries?.hasPrefix(home.path) == true)
    }

    /// The worker and the stack travel, once; the worker runs there by the files that travelled.
    @Test func aMachineNeedsAShellAlone() async throws {
        try FileManager.default.createDirectory(
            atPath: home.scripts + "/ab", withIntermediateDirectories: true)
        try Data("script".utf8).write(to: URL(fileURLWithPath: home.scripts + "/ab/assay_fake.py"))
        let there = folder.file("there with a space")
        let carried = try await carry(try stack(at: shell(there)), by: carrier)
        let cache = there + "/.cache/assay"
        #expect(carried.libraries == cache + "/stacks/fake-1-0123")
        #expect(
            carried.guest?.command == [
                "python3", cache + "/scripts/ab/assay_fake.py", cache + "/stacks/fake-1-0123/site",
            ])
        #expect(carried.guest?.environment == ["ASSAY_CONVERTED": cache + "/converted", "OTHER": "as it is"])
        #expect(FileManager.default.contents(atPath: cache + "/stacks/fake-1-0123/libfake.so") == Data("library".utf8))
        #expect(FileManager.default.fileExists(atPath: cache + "/converted"))
        #expect(
            notes.all.map { $0.split(separator: "/")[0] } == ["sending workers", "sending stacks", "sending scripts"])
        #expect(carried.machine?.logicalCores == ProcessInfo.processInfo.activeProcessorCount)

        try await expectItServes(carried)

        _ = try await carry(try stack(at: shell(there)), by: carrier)
        #expect(notes.all.count == 3, "what is there is not sent again: \(notes.all)")
    }

    /// External data stay behind where bytes alone are sent.
    @Test func modelsTravelWhole() throws {
        let weight = try Tensor([Float](repeating: 1.5, count: 100), shape: [100])
        var graph = Graph(name: "g")
        graph.initializers = [Initializer(name: "w", tensor: weight)]
        graph.outputs = [ValueInfo("w", .tensor(.float32, [.fixed(100)]))]
        try Model(graph: graph).write(to: folder.file("m.onnx"), externalData: .beside(minimumBytes: 64))
        let source = try ModelSource(contentsOf: folder.file("m.onnx"))
        #expect(throws: GraphError.self) { try Model(bytes: source.bytes) }
        let whole = source.selfContained
        #expect(try Model(bytes: whole.bytes).graph.initializers == graph.initializers && !whole.isOriginal)
        #expect(
            whole.selfContained.isOriginal == whole.isOriginal && whole.selfContained.bytes.count == whole.bytes.count)
    }

    @Test func aMachineThatCannotBeReachedSaysSo() throws {
        #expect { _ = try carrier.carry(try stack(at: .shell(["/usr/bin/env", "false"]))) } throws: { error in
            (error as? AssetError)?.code == .unreachable
        }
        #expect { _ = try carrier.carry(try stack(at: .shell(["/bin/echo"]))) } throws: { error in
            (error as? AssetError)?.code == .unreachable && "\(error)".contains("did not answer")
        }
        let other = folder.file("uname")
        try Data("#!/bin/sh\necho Linux riscv64\n".utf8).write(to: URL(fileURLWithPath: other))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: other)
        let words = ["/usr/bin/env", "PATH=\(folder.path):/usr/bin:/bin", "sh", "-c"]
        #expect { _ = try carrier.carry(try stack(at: .shell(words))) } throws: { error in
            (error as? AssetError)?.code == .unsupported && "\(error)".contains("riscv64")
        }
    }

    /// An image of nothing but a shell and its C library, run through bubblewrap.
    @Test(.enabled(if: BareImage.canRun, "bubblewrap, or an image's shell, is not here"))
    func aWorkerRunsInAnImage() async throws {
        let layout = try ImageLayout(folder.file("layout"))
        let digest = try layout.add([try BareImage.layer()], environment: ["FROM_IMAGE=yes"])
        let image = ImageReference(.layout(folder: layout.path), digest: digest)
        let carrier = StackCarrier(
            fetcher: ArtifactFetcher(home: home, isOffline: true), worker: TestWorker.path,
            environment: ["ASSAY_CONTAINER": "bubblewrap"])
        var stack = try stack(at: .image(image))
        stack.guest = nil
        let carried = try await carry(stack, by: carrier)
        #expect(carried.libraries == "/assay/stacks/fake-1-0123")
        #expect(carried.machine?.operatingSystem == "An image for tests", "\(String(describing: carried.machine))")
        try await expectItServes(carried) { #expect($0.sharesMemory) }
    }

    @Test func anEngineThatIsNotHereIsRefused() throws {
        let image = ImageReference(.registry(name: "debian"), digest: SHA256.digest(of: "an image"))
        let carrier = StackCarrier(
            fetcher: ArtifactFetcher(home: home, isOffline: true), environment: ["ASSAY_CONTAINER": "kubernetes"])
        #expect { _ = try carrier.carry(try stack(at: .image(image))) } throws: { error in
            (error as? AssetError)?.code == .missingTool
        }
    }
}

/// The least image in which a worker can be started: this machine's shell and what it is linked to.
enum BareImage {
    static var canRun: Bool {
        guard
            ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").contains(where: {
                FileManager.default.isExecutableFile(atPath: "\($0)/bwrap")
            }) == true
        else { return false }
        return (try? ProcessRunner().run(Command("bwrap", ["--ro-bind", "/", "/", "true"])).status) == 0
    }

    static func layer() throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let root = folder.file("root")
        let listed = try ProcessRunner().run(Command("ldd", ["/bin/sh"])).output
        let libraries = listed.split(whereSeparator: \.isWhitespace).map(String.init).filter { $0.hasPrefix("/") }
        for path in ["/bin/sh"] + libraries {
            let target = root + path
            try FileManager.default.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path, toPath: target)
        }
        try FileManager.default.createDirectory(atPath: root + "/etc", withIntermediateDirectories: true)
        try Data("PRETTY_NAME=\"An image for tests\"\n".utf8).write(to: URL(fileURLWithPath: root + "/etc/os-release"))
        let result = try ProcessRunner().run(
            Command("tar", ["-c", "-f", "-", "-C", root, "."], outputFile: folder.file("layer.tar")))
        guard result.status == 0 else { return [] }
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file("layer.tar"))))
    }
}

import Assets
import Foundation
import Records
import TestKit
import Testing

/// Generating the node cases of the onnx package, with a Python that only pretends.
@Suite struct NodeCaseTests {
    private let home = PackageTemporaryHome()
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try Self.write(Self.list(["test_a", "test_b"]), to: folder.file("cases.txt"))
    }

    private static func content(_ name: String, _ file: String) -> String { "\(file) of \(name)" }

    private static func list(_ names: [String], changed: String = "") -> String {
        names.map { name in
            let hashes = ["model", "inputs", "outputs"].map { file in
                SHA256.digest(of: content(name, file) + (changed == "\(name)/\(file)" ? "!" : "")).hex
            }
            return ([name] + hashes).joined(separator: " ")
        }.joined(separator: "\n") + "\n"
    }

    private static func write(_ text: String, to path: String) throws {
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// A Python whose `generate.py` writes these cases, one of whose files may be another than it should be.
    private func python(_ names: [String] = ["test_a", "test_b"], changed: String = "") -> PackageRecordedRunner {
        PackageRecordedRunner { command in
            guard command.arguments.contains(where: { $0.hasSuffix("/generate.py") }) else {
                return CommandResult(status: 0)
            }
            let target = command.arguments.last ?? ""
            for name in names {
                for file in ["model", "inputs", "outputs"] {
                    let text = Self.content(name, file) + (changed == "\(name)/\(file)" ? "!" : "")
                    try Self.write(text, to: "\(target)/\(name)/\(file).onnx")
                }
            }
            try Self.write(Self.list(names, changed: changed), to: "\(target)/cases.txt")
            return CommandResult(status: 0)
        }
    }

    private func library(_ runner: PackageRecordedRunner, isOffline: Bool = false) -> NodeCaseLibrary {
        NodeCaseLibrary(
            fetcher: ArtifactFetcher(home: home.home, runner: runner, isOffline: isOffline), folder: folder.path)
    }

    @Test func casesAreGeneratedOnceAndThenKept() throws {
        let runner = python()
        let cases = try library(runner).fetch()
        #expect(cases.names == ["test_a", "test_b"] && cases.roundedOtherwise.isEmpty)
        #expect(runner.commands.count == 2)
        #expect(runner.commands[0].arguments.contains("--require-hashes"))
        #expect(runner.commands[1].arguments.prefix(2) == ["-I", "-S"])
        let model = try String(contentsOfFile: cases.file("model", of: "test_b"), encoding: .utf8)
        #expect(model == "model of test_b")
        #expect(try library(runner, isOffline: true).fetch() == cases)
        #expect(runner.commands.count == 2)
        // Nothing of the environment stays.
        #expect((try? FileManager.default.contentsOfDirectory(atPath: home.home.staging)) ?? [] == [])
    }

    @Test func aCaseThatChangedOnDiskIsGeneratedAgain() throws {
        let runner = python()
        let cases = try library(runner).fetch()
        try Self.write("something else", to: cases.file("inputs", of: "test_a"))
        #expect(try library(runner).kept() == nil)
        #expect(try library(runner).fetch() == cases)
        #expect(runner.commands.count == 4)
    }

    @Test(arguments: ["test_a/model", "test_b/inputs"]) func anotherModelOrInputIsRefused(changed: String) {
        let error = #expect(throws: AssetError.self) { try library(python(changed: changed)).fetch() }
        #expect(error?.code == .hashMismatch && error?.reason.contains(changed.prefix(6)) == true)
    }

    @Test func outputsThatRoundOtherwiseAreReported() throws {
        let runner = python(changed: "test_b/outputs")
        #expect(try library(runner).fetch().roundedOtherwise == ["test_b"])
        #expect(try library(runner, isOffline: true).fetch().roundedOtherwise == ["test_b"])
    }

    @Test func missingAndSurplusCasesAreNamed() {
        let error = #expect(throws: AssetError.self) { try library(python(["test_a", "test_c"])).fetch() }
        #expect(error?.reason.hasSuffix("cases are there or missing: test_b, test_c") == true)
    }

    @Test func offlineAndUnreadableAreSaid() {
        let offline = #expect(throws: AssetError.self) { try library(python(), isOffline: true).fetch() }
        #expect(offline?.code == .offline)
        let elsewhere = NodeCaseLibrary(fetcher: ArtifactFetcher(home: home.home), folder: home.home.path)
        #expect(throws: AssetError.self) { try elsewhere.kept() }
        #expect(throws: AssetError.self) { try NodeCaseList("../test " + Self.list(["a"]), subject: "list") }
        #expect(throws: AssetError.self) { try NodeCaseList("test_a 12 34 56", subject: "list") }
    }

    @Test func whatPipSaysIsPassedOn() {
        let runner = PackageRecordedRunner { _ in
            CommandResult(status: 1, errors: "noise\nERROR: No matching distribution found for onnx==1.23.2\nmore\n")
        }
        let error = #expect(throws: AssetError.self) { try library(runner).fetch() }
        #expect(error?.code == .toolFailed && error?.reason.contains("No matching distribution") == true)
    }

    /// The repository's own list: as many cases as the package has, each once.
    @Test func theRepositorysListIsWhole() throws {
        let path = Repository.root.appendingPathComponent("Conformance/cases.txt")
        let list = try NodeCaseList(try String(contentsOf: path, encoding: .utf8), subject: "cases.txt")
        #expect(list.entries.count == 1884)
        #expect(list.entries.map(\.name) == Set(list.entries.map(\.name)).sorted())
    }
}

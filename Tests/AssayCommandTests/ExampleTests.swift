import Foundation
import TestKit
import Testing

/// The commands in the examples' pages work as they stand there.
///
/// A block fenced with `sh` is executed. `sh needs=A,B` names models and data sets of the zoo and stacks
/// (`onnxruntime@1.20`), and modules of Python (`python:onnx`); the block is left out, and the test says so, where one of them is not on this machine: tests
/// download nothing. The block fenced with `text` after it shows words that the output must hold, line by line; `…` stands
/// for anything.
@Suite struct ExampleTests {
    static let pages = Pages.all.filter { $0.hasPrefix("Examples/") && $0 != "Examples/README.md" }

    @Test(.enabled(if: BuiltProgram.folder != nil, "the program was not built with the tests"), arguments: pages)
    func commandsWork(page: String) async throws {
        let (blocks, _) = FencedBlock.split(try Pages.text(page))
        let commands = blocks.enumerated().filter { $1.information == "sh" || $1.information.hasPrefix("sh needs=") }
        #expect(!commands.isEmpty, "\(page) shows no command")
        let place = try Self.copy(of: page)
        try Self.lendHome(to: place)
        var missing: [String] = []
        for (index, block) in commands {
            var lacking: [String] = []
            for need in Self.needs(block) where try await !Self.isHere(need, in: place) { lacking.append(need) }
            guard lacking.isEmpty else {
                missing += lacking
                continue
            }
            let result = try await BuiltProgram.shell(
                block.lines.joined(separator: "\n"), in: place.path + "/example", home: place.file("home"))
            #expect(result.status == 0, "\(page): \(block.lines.joined(separator: "; "))\n\(result.output)")
            guard blocks.indices.contains(index + 1), blocks[index + 1].information == "text" else { continue }
            for pattern in blocks[index + 1].lines where !pattern.isEmpty {
                #expect(
                    Self.holds(result.output, pattern),
                    "\(page): the output does not hold '\(pattern)'\n\(result.output)")
            }
        }
        if !missing.isEmpty {
            try Test.cancel("\(page): not on this machine: \(Set(missing).sorted().joined(separator: ", "))")
        }
    }

    @Test func patternsFindTheirWordsInOrder() {
        #expect(Self.holds("a  1.25 ms b\nc", "a … b"))
        #expect(!Self.holds("b 1 a", "a … b"))
        #expect(!Self.holds("a\nb", "a … b"))
    }

    // MARK: - What a block needs

    private static func needs(_ block: FencedBlock) -> [String] {
        guard let mark = block.information.range(of: "needs=") else { return [] }
        return block.information[mark.upperBound...].split(separator: ",").map(String.init)
    }

    /// Whether a model, a data set or a stack is on this machine, asked of the program itself.
    private static func isHere(_ name: String, in place: TemporaryFolder) async throws -> Bool {
        if name.hasPrefix("python:") {
            let module = name.dropFirst(7)
            return try await BuiltProgram.shell(
                "python3 -c 'import \(module)'", in: place.path, home: place.file("home")
            ).status == 0
        }
        let engine = name.split(separator: "@").first.map(String.init) ?? name
        if ["native", "onnxruntime", "openvino"].contains(engine) {
            let version = name.split(separator: "@").dropFirst().first.map(String.init)
            return TestStacks.folders(for: engine).contains { folder in
                version.map { folder.contains("/\(engine)-\($0).") } ?? true
            }
        }
        let listing = try await BuiltProgram.shell("assay zoo list", in: place.path, home: place.file("home")).output
        return listing.split(separator: "\n").contains { line in
            let words = line.split(separator: " ")
            return words.first == Substring(name) && words.last == "yes"
        }
    }

    // MARK: - Running

    /// A copy of an example's folder, as `example` in a folder of its own.
    private static func copy(of page: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let source = Repository.root.appendingPathComponent(page).deletingLastPathComponent()
        try FileManager.default.copyItem(at: source, to: folder.url.appendingPathComponent("example"))
        return folder
    }

    /// A home for the program that shares what was downloaded and keeps records of its own, as `home`.
    private static func lendHome(to folder: TemporaryFolder) throws {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["ASSAY_HOME"] ?? NSHomeDirectory() + "/.assay"
        try FileManager.default.createDirectory(atPath: folder.file("home"), withIntermediateDirectories: true)
        for name in ["stacks", "models", "data", "downloads"]
        where FileManager.default.fileExists(atPath: "\(home)/\(name)") {
            try FileManager.default.createSymbolicLink(
                atPath: folder.file("home/\(name)"), withDestinationPath: "\(home)/\(name)")
        }
    }

    /// Whether a line of the output holds the parts of a pattern in order.
    private static func holds(_ output: String, _ pattern: String) -> Bool {
        let parts = pattern.components(separatedBy: "…").map { $0.trimmingCharacters(in: .whitespaces) }
        return output.split(separator: "\n").contains { line in
            var rest = line[...]
            for part in parts where !part.isEmpty {
                guard let place = rest.range(of: part) else { return false }
                rest = rest[place.upperBound...]
            }
            return true
        }
    }
}

import Testing

/// Every command explains itself, with examples.
@Suite(.enabled(if: AssayProgram.path != nil, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct HelpTests {
    static let commands = [
        "hallmark", "gate", "evaluate", "compare", "bench", "cost", "load", "run", "trace", "optimize", "inspect",
        "stability",
        "engines",
        "operators",
        "provision", "zoo",
        "cache",
        "records", "selftest", "schema", "claims",
    ]

    @Test(arguments: commands) func commandShowsExamples(_ command: String) async throws {
        let help = try await AssayProgram().run([command, "--help"])
        #expect(help.status == 0 && help.errors.isEmpty)
        #expect(help.output.contains("USAGE: assay \(command)"), "\(help.output)")
        let examples = help.output.split(separator: "Examples:\n", maxSplits: 1).last ?? ""
        #expect(help.output.contains("Examples:\n") && examples.contains("  assay "), "\(help.output)")
    }

    @Test func rootListsEveryCommand() async throws {
        let program = try AssayProgram()
        let help = try await program.run(["--help"])
        #expect(help.status == 0 && help.output.contains("Examples:\n"))
        // The commands as the program states them, so that a new one cannot be forgotten above.
        let listed = help.output.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ")
            guard line.hasPrefix("  "), !line.hasPrefix("   "), let word = words.first, word != "assay", word != "See",
                !word.hasPrefix("-"), !word.hasPrefix("<")
            else { return nil }
            return String(word)
        }
        #expect(Set(listed) == Set(Self.commands), "\(help.output)")
    }

    @Test func versionIsPrinted() async throws {
        let version = try await AssayProgram().run(["--version"])
        #expect(version.status == 0 && version.output.hasPrefix("assay "))
    }

    @Test func unknownCommandsAreWrongInput() async throws {
        #expect(try await AssayProgram().run(["records", "frobnicate", "--bits"]).status == 2)
    }
}

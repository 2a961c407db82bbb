import ArgumentParser
import Assay
import Assets
import Engines
import Foundation
import Records
import Reports

/// What every study's command takes.
struct StudyOptions: ParsableArguments {
    @Flag(help: "Print the record as one JSON document, and nothing else.")
    var json = false

    @Option(help: ArgumentHelp("Write the record with its samples to a file.", valueName: "file"))
    var out: String?

    @Option(help: ArgumentHelp("Write the report as one HTML file.", valueName: "file"))
    var html: String?

    @Option(help: ArgumentHelp("The seed of every random choice.", valueName: "number"))
    var seed: Int?

    @Option(
        help: ArgumentHelp(
            "Engines in place of the spec's, as native,onnxruntime@1.20,openvino{threads=2}.", valueName: "engine,…"))
    var engine: String?

    @Option(help: ArgumentHelp("Threads that compute one operator.", valueName: "number"))
    var threads: Int?

    @Flag(help: "Show no progress.")
    var quiet = false

    @Flag(help: "Download nothing.")
    var offline = false

    func validate() throws {
        if let threads, !(1...4096).contains(threads) {
            throw ValidationError("--threads \(threads): the number is not in 1 to 4096; leave it out for the spec's")
        }
        if let seed, seed < 0 { throw ValidationError("--seed \(seed): it is negative; give 0 or more") }
        if let engine, engine.split(separator: ",").isEmpty {
            throw ValidationError("--engine '\(engine)': it names no engine; `assay engines` lists them")
        }
        for path in [out, html].compactMap(\.self) { try Self.checkFolder(of: path) }
    }

    /// The words of an option that takes several, with commas between them; `nil` where it is absent.
    static func words(_ text: String?, of option: String) throws -> [String]? {
        guard let text else { return nil }
        let words = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard !words.isEmpty else { throw ValidationError("\(option) '\(text)': it names nothing; leave it out") }
        return words
    }

    /// Refuses the first option that is given and has no effect on what was asked.
    static func refuse(_ given: [(option: String, isGiven: Bool)], since reason: String) throws {
        guard let (option, _) = given.first(where: \.isGiven) else { return }
        throw ValidationError("\(option) \(reason)")
    }

    /// Before anything is measured: a place that takes no file is told at once.
    private static func checkFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw ValidationError("\(path): its folder does not exist or may not be written to; make it first")
        }
    }

    /// The stacks named by `--engine`; `nil` where the option is absent.
    func stacks() throws -> [StackRequest]? {
        try engine.map { try StackRequest.list(commandLine: $0) }
    }

    /// Gives every stack the number of threads that `--threads` asks for, where it does.
    func setThreads(of stacks: inout [StackRequest]) {
        guard let threads else { return }
        for index in stacks.indices { stacks[index].options.threads = threads }
    }

    /// Writes what was found where the user wants it: files first, then the terminal.
    ///
    /// - Parameter hidden: exhibits too long for a terminal.
    func deliver(_ archive: RecordArchive, hiding hidden: Set<String> = []) throws {
        let document = ReportDocument(archive.record)
        if let out { try Self.write(try archive.json().canonical + "\n", to: out) }
        if let html { try Self.write(HTMLReport().render(document), to: html) }
        if json {
            print(try archive.record.json().pretty)
        } else {
            var shown = archive.record
            shown.exhibits.removeAll { hidden.contains($0.name) }
            print(TerminalReport().render(ReportDocument(shown).brief))
            if let html { print("Report: \(html)") }
            print("Record: \(archive.record.id)   (assay records show \(archive.record.id))")
        }
    }

    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure(
                .wrongInput, code: "command.unwritable", subject: path, reason: "it cannot be written",
                remedy: "check that the folder exists and may be written to")
        }
    }
}

extension RecordArchive {
    /// How the program ends: interrupted, an engine that failed, a verdict that failed, or done.
    var exitStatus: ExitStatus {
        if record.isPartial { return .interrupted }
        if record.outcomes.contains(where: { !$0.isCompleted }) { return .engineFailed }
        return .done
    }
}

extension ReportDocument {
    /// What a terminal shows after a run: findings and charts; the list of all numbers is in the record and the page.
    var brief: ReportDocument {
        var brief = self
        brief.sections.removeAll { $0.title == ReportDocument.allNumbers }
        brief.notes = []
        return brief
    }
}

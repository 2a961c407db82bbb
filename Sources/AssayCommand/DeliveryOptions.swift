import ArgumentParser
import Assay
import Foundation
import Records
import Reports

/// What becomes of a record, and under which conditions it is made: what every study's command takes.
struct DeliveryOptions: ParsableArguments {
    @Flag(help: "Print the record as one JSON document, and nothing else.")
    var json = false

    @Option(help: ArgumentHelp("Write the record with its samples to a file.", valueName: "file"))
    var out: String?

    @Option(help: ArgumentHelp("Write the report as one HTML file.", valueName: "file"))
    var html: String?

    @Option(help: ArgumentHelp("The seed of every random choice.", valueName: "number"))
    var seed: Int?

    @Flag(help: "Show no progress.")
    var quiet = false

    @Flag(help: "Download nothing.")
    var offline = false

    func validate() throws {
        if let seed, seed < 0 { throw ValidationError("--seed \(seed): it is negative; give 0 or more") }
        for path in [out, html].compactMap(\.self) { try Self.checkFolder(of: path) }
    }

    /// Before anything is measured: a place that takes no file is told at once.
    private static func checkFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw ValidationError("\(path): its folder does not exist or may not be written to; make it first")
        }
    }

    /// Writes what was found where the user wants it: files first, then the terminal.
    ///
    /// - Parameter hidden: exhibits too long for a terminal.
    func deliver(_ archive: RecordArchive, hiding hidden: Set<String> = []) throws {
        let document = ReportDocument(archive.record)
        if let out { try StudyOptions.write(try archive.json().canonical + "\n", to: out) }
        if let html { try StudyOptions.write(HTMLReport().render(document), to: html) }
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
}

import Foundation
import Records
import TestKit
import Testing

/// `assay records`: what is exported from one home arrives in another one unchanged.
@Suite(.enabled(if: AssayProgram.isBuilt, "\(AssayProgram.absence)"), .timeLimit(.minutes(10)))
struct RecordsCommandTests {
    @Test func exportAndImportKeepTheDigest() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        try program.write(ShortEvaluation.spec, to: "spec.yaml")
        let printed = try await program.run(["evaluate", "spec.yaml", "--offline", "--json"])
        let record = try Record(json: Data(printed.output.utf8))
        let exported = try await program.run(["records", "export", record.id.rawValue, "--out", "record.json"])
        #expect(exported.status == 0 && exported.output.isEmpty, "\(exported.errors)")

        let other = ["ASSAY_HOME": program.file("other")]
        let imported = try await program.run(["records", "import", "record.json"], environment: other)
        #expect(imported.output == "\(record.id): imported\n", "\(imported.errors)")
        let again = try await program.run(["records", "import", "record.json"], environment: other)
        #expect(again.output == "\(record.id): is there already\n")
        let export = try await program.run(["records", "export", record.id.rawValue], environment: other)
        let file = try String(contentsOfFile: program.file("record.json"), encoding: .utf8)
        #expect(export.output == file)
        let copy = try RecordArchive(json: Data(export.output.utf8))
        #expect(try copy.record.comparableDigest() == record.comparableDigest())
        for series in record.series { #expect(copy.samples[series.digest]?.count == series.count) }
    }

    @Test func aRecordIsReplayed() async throws {
        let program = try AssayProgram()
        try program.copyModel("affine")
        try program.write(ShortEvaluation.spec, to: "spec.yaml")
        _ = try await program.run(["evaluate", "spec.yaml", "--offline", "--out", "record.json"])
        let same = try await program.run(["records", "replay", "record.json", "--offline", "--no-times", "--json"])
        #expect(same.status == 0, "\(same.errors)")
        let record = try Record(json: Data(same.output.utf8))
        #expect(record.study == "replay" && record.verdicts.first?.state == .holds)
        // Other random inputs: everything differs, and the seed explains it.
        let other = try await program.run(
            ["records", "replay", "latest", "--offline", "--no-times", "--json", "--set", "seed=5"])
        #expect(other.status == 2, "the newest record is the replay itself, which cannot be replayed")
        let changed = try await program.run(
            ["records", "replay", "record.json", "--offline", "--no-times", "--set", "seed=5", "--html", "page.html"])
        #expect(changed.status == 1 && changed.output.contains("seed (1 → 5"), "\(changed.output)\(changed.errors)")
        #expect(
            try String(contentsOfFile: program.file("page.html"), encoding: .utf8).contains(
                "What explains the difference"))
    }

    @Test func listsShowsAndRemoves() async throws {
        let program = try AssayProgram()
        try program.write(try SampleRecord.archive().json().canonical, to: "record.json")
        #expect(try await program.run(["records", "list"]).output == "No records.\n")
        _ = try await program.run(["records", "import", "record.json"])
        let list = try await program.run(["records", "list", "--json"])
        let summaries = try JSONCoding.parse(Data(list.output.utf8), subject: "list").array
        #expect(summaries?.count == 1)
        let none = try await program.run(["records", "list", "--json", "--model", "resnet"])
        #expect(try JSONCoding.parse(Data(none.output.utf8), subject: "list").array?.isEmpty == true)
        // The beginning of a name is enough.
        let shown = try await program.run(["records", "show", "20260729", "--html", "report.html"])
        #expect(shown.output.contains("MobileNetV2 on 20 photos"), "\(shown.errors)")
        #expect(try String(contentsOfFile: program.file("report.html"), encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
        let removed = try await program.run(["records", "remove", "20260729"])
        #expect(removed.status == 0)
        #expect(try await program.run(["records", "show", "20260729"]).status == 2)
    }
}

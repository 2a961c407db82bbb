import ArgumentParser
import Assay
import Foundation
import Records
import Reports
import ResultStore

/// `assay records`: the evidence that was kept.
struct RecordsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records", abstract: "List, show, export, import and replay records.",
        discussion: """
            Examples:
              assay records list --model mobilenet-v2
              assay records show 20260101-120000
              assay records export 20260101-120000 --out record.json
              assay records import record.json
              assay records replay record.json
            """,
        subcommands: [List.self, Show.self, Export.self, Import.self, ReplayCommand.self, Remove.self],
        defaultSubcommand: List.self)

    /// Lists records, the newest first.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List records, the newest first.")

        @Option(help: "Only records of this study.")
        var study: String?
        @Option(help: "Only records with this model.")
        var model: String?
        @Option(help: "Only records with a stack whose title begins so.")
        var stack: String?
        @Option(help: "Only records with this text in title, models or stacks.")
        var text: String?
        @Option(help: "The most records to list.")
        var limit = 30
        @Flag(help: "Print JSON.")
        var json = false

        func run() async throws {
            let filter = RecordFilter(study: study, model: model, stack: stack, text: text, limit: limit)
            let summaries = try await Workbench().store.list(filter)
            if json {
                print(try JSONCoding.value(of: summaries).pretty)
                return
            }
            let table = Table(
                columns: ["record", "when", "study", "title", "models", "stacks"].map { Table.Column($0) },
                rows: summaries.map { summary in
                    [
                        .text(summary.id.rawValue), .text(summary.created.readable), .text(summary.study),
                        .text(summary.title + (summary.isPartial ? " (partial)" : "")),
                        .text(summary.models.joined(separator: ", ")), .text(summary.stacks.joined(separator: ", ")),
                    ]
                })
            print(summaries.isEmpty ? "No records." : TerminalReport().render(table))
        }
    }

    /// Shows one record as a report.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a record as tables, JSON or one HTML file.")

        @Argument(help: "The record, or the beginning of its name.")
        var id: String
        @Flag(help: "Print the record as JSON.")
        var json = false
        @Option(help: ArgumentHelp("Write the report as one HTML file.", valueName: "file"))
        var html: String?

        func run() async throws {
            let store = try Workbench().store
            let record = try await store.record(try await store.resolve(id))
            if let html { try StudyOptions.write(HTMLReport().render(ReportDocument(record)), to: html) }
            print(json ? try record.json().pretty : TerminalReport().render(ReportDocument(record)))
        }
    }

    /// Writes one record with its samples to a file.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a record with its samples to one file.")

        @Argument(help: "The record, or the beginning of its name.")
        var id: String
        @Option(help: ArgumentHelp("The file; standard output by default.", valueName: "file"))
        var out: String?

        func run() async throws {
            let store = try Workbench().store
            let text = try await store.archive(try await store.resolve(id)).json().canonical
            if let out { try StudyOptions.write(text + "\n", to: out) } else { print(text) }
        }
    }

    /// Takes a record from a file into the store.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take records from files; hashes are verified first.")

        @Argument(help: "The files.")
        var files: [String]

        func run() async throws {
            let store = try Workbench().store
            for file in files {
                guard let data = FileManager.default.contents(atPath: file) else {
                    throw Failure(
                        .wrongInput, code: "command.unreadable", subject: file, reason: "there is no such file",
                        remedy: "check the path")
                }
                let archive = try RecordArchive(json: data, subject: file)
                let isNew = try await store.add(archive)
                print("\(archive.record.id): \(isNew ? "imported" : "is there already")")
            }
        }
    }

    /// Removes a record.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a record.")

        @Argument(help: "The record, or the beginning of its name.")
        var id: String

        func run() async throws {
            let store = try Workbench().store
            let record = try await store.resolve(id)
            try await store.delete(record)
            print("\(record): removed")
        }
    }
}

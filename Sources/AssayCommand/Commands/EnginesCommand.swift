import ArgumentParser
import Assay
import Assets
import Engines
import Foundation
import Records
import Reports

/// `assay engines`: which stacks there are, and why one is not available.
struct EnginesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engines", abstract: "List the engines with versions, states, and what each can do.",
        discussion: """
            Every installed stack is started in a worker, so that the version shown is the one its library reports.

            Examples:
              assay engines
              assay engines --json
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Do not start the engines.")
    var quick = false

    func run() async throws {
        let bench = try Workbench(isOffline: true)
        let fetcher = ArtifactFetcher(home: bench.home)
        var lines: [EngineLine] = []
        for listing in StackListing.all(fetcher: fetcher) {
            var line = EngineLine(listing)
            if case .installed = listing.state, !quick {
                await line.start(StackInstaller(fetcher: fetcher), listing.build)
            }
            lines.append(line)
        }
        if json {
            print(try JSONCoding.value(of: lines).pretty)
        } else {
            print(TerminalReport().render(EngineLine.table(lines)))
        }
    }
}

/// One stack as `assay engines` shows it.
struct EngineLine: Encodable {
    var engine: String
    var package: String
    var isDefault: Bool
    var state: String
    var reported = ""
    var functions = ""
    var opset = ""
    var precisions = ""

    init(_ listing: StackListing) {
        engine = listing.build.engine
        package = listing.build.artifact.title
        isDefault = listing.isDefault
        state =
            switch listing.state {
            case .installed: "installed"
            case .installable: "can be installed: assay provision --engine \(listing.build.engine)"
            case .unavailable(let reason): "unavailable: \(reason)"
            }
    }

    /// Starts the engine and reads back what it says of itself.
    mutating func start(_ installer: StackInstaller, _ build: StackBuild) async {
        do {
            let stack = try installer.install(build, for: StackRequest(build.engine))
            let client = try await WorkerClient.start()
            let opened = try await client.open(
                engine: build.engine, libraries: stack.libraries, version: stack.expectedVersion)
            reported = [opened.identity.version, opened.identity.instructionSet ?? ""].filter { !$0.isEmpty }
                .joined(separator: ", ")
            functions = opened.capabilities.localFunctions.rawValue
            opset = "\(opened.capabilities.newestOpset) (IR \(opened.capabilities.newestIRVersion))"
            precisions = opened.capabilities.precisions.map(\.rawValue).joined(separator: " ")
            await client.shutdown()
        } catch {
            state = "broken: \(error)"
        }
    }

    static func table(_ lines: [EngineLine]) -> Table {
        Table(
            columns: ["engine", "package", "state", "library reports", "opset", "local functions", "precisions"].map {
                Table.Column($0)
            },
            rows: lines.map { line in
                [
                    .text(line.engine + (line.isDefault ? " (default)" : "")), .text(line.package), .text(line.state),
                    .text(line.reported), .text(line.opset), .text(line.functions), .text(line.precisions),
                ]
            })
    }
}

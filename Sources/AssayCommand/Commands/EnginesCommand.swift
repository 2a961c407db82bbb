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

            With --conformance the node cases of the ONNX standard run on every engine: which pass as they are stamped, \
            which are refused for their version stamp, which pass once it is lowered, which outputs are wrong, and what \
            is lacking. The cases are generated once with the pinned onnx package.

            Examples:
              assay engines
              assay engines --json
              assay engines --conformance
              assay engines --conformance --engine onnxruntime@1.20 --filter test_resize
              assay engines add mine -- python3 worker.py

            Exit codes of --conformance: 0 done, 2 the input is wrong, 3 an engine crashed or hung (the record is kept), \
            130 interrupted.
            """,
        subcommands: [Add.self, Remove.self])

    @Flag(help: "Do not start the engines.")
    var quick = false

    @Flag(help: "Run the node cases of the ONNX standard.")
    var conformance = false

    @Option(help: ArgumentHelp("Only cases whose names contain this.", valueName: "name"))
    var filter: String?

    @Option(
        help: ArgumentHelp("Write the sides of all cases on each engine into a folder.", valueName: "folder"))
    var writeLists: String?

    @Option(help: ArgumentHelp("The folder with the list of cases; Conformance where absent.", valueName: "folder"))
    var lists: String?

    @OptionGroup var options: StudyOptions

    func validate() throws {
        if !conformance {
            try StudyOptions.refuse(
                [
                    ("--filter", filter != nil), ("--write-lists", writeLists != nil), ("--lists", lists != nil),
                    ("--engine", options.engine != nil), ("--threads", options.threads != nil),
                    ("--out", options.out != nil), ("--html", options.html != nil), ("--seed", options.seed != nil),
                ], since: "goes with --conformance; without it every engine is listed")
        } else {
            try StudyOptions.refuse(
                [("--quick", quick), ("--seed", options.seed != nil)],
                since: "does not go with --conformance, which runs every case and draws nothing: leave it out")
        }
        if writeLists != nil, filter != nil {
            throw ValidationError("--write-lists takes all cases: leave out --filter")
        }
    }

    func run() async throws {
        if conformance { return try await runConformance() }
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
        for package in EnginePackage.all where !lines.contains(where: { $0.engine == package.engine }) {
            lines.append(EngineLine(installable: package))
        }
        for engine in AddedEngine.all(home: bench.home) {
            var line = EngineLine(added: engine)
            if !quick { await line.start(engine) }
            lines.append(line)
        }
        for engine in BuiltInEngine.names {
            var line = EngineLine(builtIn: engine)
            if !quick { await line.start(engine, libraries: nil, version: nil) }
            lines.append(line)
        }
        if options.json {
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
            case .installed: "installed" + (listing.build.device.map { ", for \($0)" } ?? "")
            case .installable: Self.advice(listing.build.engine)
            case .unavailable(let reason): "unavailable: \(reason)"
            }
    }

    init(builtIn engine: String) {
        self.engine = engine
        package = "part of Assay"
        isDefault = false
        state = "built in"
    }

    init(installable package: EnginePackage) {
        engine = package.engine
        self.package = package.package
        isDefault = false
        state = Self.advice(package.engine)
    }

    private static func advice(_ engine: String) -> String { "can be installed: assay provision --engine \(engine)" }

    init(added engine: AddedEngine) {
        self.engine = engine.name
        package = engine.command.joined(separator: " ")
        isDefault = false
        state = "added"
    }

    /// Whether the engine could not be started.
    var isBroken: Bool { state.hasPrefix("broken") }

    /// Installs the engine where it is missing, starts it and reads back what it says of itself.
    mutating func start(_ installer: StackInstaller, _ build: StackBuild) async {
        do {
            let stack = try installer.install(build, for: StackRequest(build.engine))
            await start(
                build.engine, libraries: stack.libraries, version: stack.version, guest: stack.guest)
        } catch {
            state = "broken: \(error)"
        }
    }

    /// Starts the program of an added engine and reads back what it says of itself; `nil` where it cannot be started.
    @discardableResult
    mutating func start(_ added: AddedEngine) async -> EngineIdentity? {
        await start(added.name, libraries: nil, version: nil, guest: added.guest)
    }

    /// Starts the engine and reads back what it says of itself; `nil` where it cannot be started.
    @discardableResult
    mutating func start(
        _ engine: String, libraries: String?, version: String?, guest: GuestCommand? = nil
    ) async -> EngineIdentity? {
        do {
            let client = try await WorkerClient.start()
            let opened = try await client.open(
                engine: engine, libraries: libraries, version: version, guest: guest)
            reported = [opened.identity.version, opened.identity.instructionSet ?? ""].filter { !$0.isEmpty }
                .joined(separator: ", ")
            functions = opened.capabilities.localFunctions.rawValue
            opset = "\(opened.capabilities.newestOpset) (IR \(opened.capabilities.newestIRVersion))"
            precisions = opened.capabilities.precisions.map(\.rawValue).joined(separator: " ")
            await client.shutdown()
            return opened.identity
        } catch {
            state = "broken: \(error)"
            return nil
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

import ArgumentParser
import Assay
import Assets
import Engines
import Foundation

extension EnginesCommand {
    /// Adds an engine of the user's.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an engine of yours: a program that speaks the worker protocol.",
            discussion: """
                The program is started once, and what it says of itself is shown. From then on the name stands wherever an \
                engine does; where the program says another version than it said now, it is to be added again, so that no \
                record calls one version another. Documentation/worker-protocol.md has the protocol, Examples/06-your-own-engine a program \
                of some 60 lines.

                Examples:
                  assay engines add mine -- python3 /home/me/worker.py
                  assay evaluate mobilenet-v2 --engine mine,onnxruntime
                  assay engines --conformance --engine mine
                  assay selftest --engine mine
                """)

        @Argument(help: "The name under which it is asked for.")
        var name: String

        @Argument(
            parsing: .postTerminator,
            help: ArgumentHelp("The program and its arguments, after --.", valueName: "command"))
        var command: [String] = []

        func validate() throws {
            if command.isEmpty {
                throw ValidationError(
                    "no command: write it after --, as in: assay engines add mine -- python3 worker.py")
            }
        }

        func run() async throws {
            let home = AssayHome()
            try AddedEngine.check(name)
            var engine = AddedEngine(name: name, command: Self.absolute(command))
            var line = EngineLine(added: engine)
            guard let identity = await line.start(engine) else {
                throw AssetError(
                    .invalidStack, subject: "engine '\(name)'", reason: line.state,
                    remedy: "run the program by hand, and see Documentation/worker-protocol.md")
            }
            engine.version = identity.version
            try engine.save(home: home)
            print("\(name): \(line.reported)")
        }

        /// A program or script that lies here is found from everywhere.
        private static func absolute(_ command: [String]) -> [String] {
            command.map { word in
                guard word.contains("/") || word.contains("."), FileManager.default.fileExists(atPath: word) else {
                    return word
                }
                return URL(fileURLWithPath: word).path
            }
        }
    }

    /// Forgets an engine that was added.
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forget an engine that was added.")

        @Argument(help: "The name under which it was added.")
        var name: String

        func run() throws {
            guard try AddedEngine.remove(name, home: AssayHome()) else {
                let names = AddedEngine.all(home: AssayHome()).map(\.name).joined(separator: ", ")
                throw AssetError(
                    .notFound, subject: "engine '\(name)'", reason: "none was added under that name",
                    remedy: names.isEmpty ? "none was added at all" : "added were: \(names)")
            }
        }
    }
}

import ArgumentParser
import Assay
import Engines
import Foundation
import Operators
import Records
import Reports
import Specs
import Studies

/// `assay operators`: which operators each engine computes, and how fast.
struct OperatorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operators", abstract: "Show which operators each engine computes as the reference kernels do.",
        discussion: """
            Runs the examples of the catalogue on every engine, each in a process of its own, and compares the outputs \
            with those of the reference kernels. Names are operators or families; without one, all are run.

            Examples:
              assay operators --list
              assay operators Conv Gemm --engine native,onnxruntime@1.20
              assay operators Normalization --time
              assay operators --html operators.html

            Exit codes: 0 done, 2 the input is wrong, 3 an engine crashed or hung (the record is kept), 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("Operators or families, as Conv or Pooling.", valueName: "name"))
    var names: [String] = []

    @Flag(help: "List families, operators, versions, gradients and examples, and start no engine.")
    var list = false

    @Flag(help: "Time every example that agrees: medians with intervals.")
    var time = false

    @Option(
        help: ArgumentHelp("Write the list of agreeing examples of each engine into a folder.", valueName: "folder"))
    var writeLists: String?

    @OptionGroup var options: StudyOptions

    func validate() throws {
        if writeLists != nil, list || !names.isEmpty {
            throw ValidationError("--write-lists takes all operators: leave out the names and --list")
        }
    }

    func run() async throws {
        if list { return try printList() }
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let (archive, findings) = try await bench.operators(spec())
        line.finish()
        if let writeLists { try write(findings, to: writeLists) }
        try options.deliver(archive)
        if archive.exitStatus != .done { throw ExitCode(archive.exitStatus.rawValue) }
    }

    private func spec() throws -> OperatorSupportSpec {
        var spec = OperatorSupportSpec()
        spec.operators = names
        spec.measure.enabled = time
        if let seed = options.seed { spec.seed = seed }
        if let stacks = try options.stacks() { spec.stacks = stacks }
        options.setThreads(of: &spec.stacks)
        return spec
    }

    private func printList() throws {
        let lines = try OperatorChoice.operators(named: names).map { try OperatorListing($0) }
        if options.json {
            print(try JSONCoding.value(of: lines).pretty)
            return
        }
        print(TerminalReport().render(OperatorListing.table(lines)))
        // A few operators are asked for to see what their examples show.
        guard !names.isEmpty else { return }
        for line in lines {
            print("\n\(line.name)")
            for example in line.examples { print("  \(example)") }
        }
    }

    private func write(_ findings: OperatorSupport.Findings, to folder: String) throws {
        guard !findings.isPartial else { return }
        var lists = EngineLists(folder: folder)
        for stack in findings.stacks {
            guard stack.outcome == .completed, let name = stack.identity?.name, let list = PassingList(stack) else {
                continue
            }
            try lists.write(list.text, of: name, to: PassingList.fileName(engine: name))
        }
    }
}

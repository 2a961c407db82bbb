import ArgumentParser
import Assay
import Engines
import Foundation
import Records
import Specs
import Studies

/// `assay selftest`: what the instrument is worth on this machine.
struct SelfTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest", abstract: "Test the instrument itself on this machine.",
        discussion: """
            Measures engines whose times are known: one that does nothing (what the timed loop takes), some that take a \
            known time (how wrong the instrument is), disturbed ones (whether it names what disturbed them), and an engine \
            against itself (the smallest difference that it tells apart here). Every later report of this machine says \
            what was found.

            Nothing is downloaded but the engine that is compared with itself; a model is made on the spot unless one is \
            given. It takes about five minutes, with --quick half of one; leave the machine alone meanwhile.

            Parts: \(SelfTestSpec.Part.allCases.map(\.rawValue).joined(separator: ", ")).

            Examples:
              assay selftest
              assay selftest --quick
              assay selftest --engine onnxruntime mobilenet-v2
              assay selftest --parts disturbances --trials 20

            Exit codes: 0 done, 1 the instrument failed a test, 2 the input is wrong, 3 an engine failed, 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("The model for comparing an engine with itself: a file or a name of the zoo."))
    var model: String?

    @Flag(help: "The short form: half a minute, and a resolution that is less certain.")
    var quick = false

    @Option(help: ArgumentHelp("What is tested, as truth,resolution.", valueName: "part,…"))
    var parts: String?

    @Option(help: ArgumentHelp("How often each disturbance is injected.", valueName: "number"))
    var trials: Int?

    @Option(help: ArgumentHelp("How often the engine is compared with itself.", valueName: "number"))
    var pairs: Int?

    @OptionGroup var options: StudyOptions

    func validate() throws {
        if let trials, !(1...1000).contains(trials) {
            throw ValidationError("--trials \(trials): the number is not in 1 to 1000")
        }
        if let pairs, !(3...1000).contains(pairs) {
            throw ValidationError("--pairs \(pairs): the number is not in 3 to 1000")
        }
        _ = try chosenParts()
    }

    func run() async throws {
        let spec = try spec()
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let archive = try await bench.selftest(spec)
        line.finish()
        try options.deliver(archive)
        let failed = archive.record.verdicts.contains { $0.state == .fails }
        let status = archive.exitStatus == .done && failed ? .failed : archive.exitStatus
        if status != .done { throw ExitCode(status.rawValue) }
    }

    private func spec() throws -> SelfTestSpec {
        var spec = quick ? SelfTestSpec.quick : SelfTestSpec()
        spec.model = model
        if let stacks = try options.stacks() {
            guard let stack = stacks.first, stacks.count == 1 else {
                throw ValidationError("--engine: one engine is compared with itself; name one")
            }
            spec.stack = stack
        }
        if let threads = options.threads { spec.stack.options.threads = threads }
        if let seed = options.seed { spec.seed = seed }
        if let trials { spec.trials = trials }
        if let pairs { spec.pairs = pairs }
        if let parts = try chosenParts() { spec.parts = parts }
        return spec
    }

    private func chosenParts() throws -> [SelfTestSpec.Part]? {
        try StudyOptions.cases(parts, of: "--parts")
    }
}

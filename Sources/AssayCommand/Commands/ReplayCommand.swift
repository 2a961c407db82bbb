import ArgumentParser
import Assay
import Foundation
import Records
import ResultStore
import Specs
import Studies

/// `assay records replay`: carries a recorded study out again and says what came out again.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Run a recorded study again: reproduced, or what explains the difference.",
        discussion: """
            Takes an exported file or a record of the store, asks the same question here with the recorded models (by \
            hash) and engine builds (by lock), and compares what came out: of evaluate inputs, outputs, answers, accuracy \
            and times; of compare, load, cost and trace their figures. Where something differs, each ingredient that \
            differs is put back to what it was, one at a time and in every order, and the share of the difference that \
            each explains is measured.

            With --set, --model, --engine, --threads and --fresh, ingredients are changed on purpose.

            Examples:
              assay records replay record.json
              assay records replay latest --threads 2
              assay records replay record.json --engine onnxruntime@1.20 --json
              assay records replay 20260101 --set 'models[0].preprocess[1].resize.filter=opencv.cubic'
              assay records replay record.json --model retrained.onnx --tolerance 1e-4 --html replay.html
              assay records replay comparison.json --set 'sides[1].stack.threads=1'
              assay records replay load.json --engine onnxruntime@1.20 --set 'duration=3 s' --budget 60s

            Exit codes: 0 reproduced, 1 it differs or it cannot be told, 2 the input is wrong, 3 an engine failed, \
            130 interrupted.
            """)

    @Argument(
        help: ArgumentHelp("An exported record, or the beginning of a record's name.", valueName: "file-or-record"))
    var record: String

    @Option(
        help: ArgumentHelp(
            "Change a value of the record's spec; [*] stands for all of a list; may be repeated.",
            valueName: "path=value"))
    var set: [String] = []

    @Option(
        help: ArgumentHelp(
            "A model in place of a recorded one; its name is needed where the record has several; may be repeated.",
            valueName: "[name=]file"))
    var model: [String] = []

    @Option(help: ArgumentHelp("Where recorded model files may lie; may be repeated.", valueName: "file-or-folder"))
    var find: [String] = []

    @Option(help: ArgumentHelp("Where relative paths of the record's spec start.", valueName: "folder"))
    var folder = "."

    @Flag(help: "Choose engine builds as a new evaluation here would, instead of by the record's lock.")
    var fresh = false

    @Option(
        help: ArgumentHelp(
            "How far outputs may lie from the recorded ones, max|a-b| / max|b|; 0 asks for every bit.",
            valueName: "number"))
    var tolerance = 0.0

    @Option(help: ArgumentHelp("The share within which times count as the same.", valueName: "share"))
    var margin = 0.05

    @Option(
        help: ArgumentHelp(
            "Fresh processes of each variant that is timed; of a study, how often it is carried out at most.",
            valueName: "number"))
    var processes = 6

    @Option(help: ArgumentHelp("How long one comparison of times may take, as 20s.", valueName: "duration"))
    var budget: DurationArgument?

    @Flag(help: "Leave times out.")
    var noTimes = false

    @OptionGroup var options: StudyOptions

    func validate() throws {
        guard tolerance >= 0, tolerance <= 1 else {
            throw ValidationError("--tolerance \(tolerance): it is not between 0 and 1")
        }
        guard margin > 0, margin <= 1 else { throw ValidationError("--margin \(margin): it is not between 0 and 1") }
        guard (2...100).contains(processes) else {
            throw ValidationError("--processes \(processes): the number is not in 2 to 100")
        }
        _ = try changes()
    }

    func run() async throws {
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let archive = try await archive(bench)
        let replay = try await bench.replay(archive, try spec(archive.record), folder: folder)
        line.finish()
        try options.deliver(replay)
        let status = status(replay, of: archive.record)
        if status != .done { throw ExitCode(status.rawValue) }
    }

    private func archive(_ bench: Workbench) async throws -> RecordArchive {
        guard FileManager.default.fileExists(atPath: record) else {
            if record.contains("/") || record.hasSuffix(".json") {
                throw Failure(
                    .wrongInput, code: "command.unreadable", subject: record, reason: "there is no such file",
                    remedy: "check the path; `assay records export` writes one")
            }
            return try await bench.store.archive(try await bench.store.resolve(record))
        }
        guard let data = FileManager.default.contents(atPath: record) else {
            throw Failure(
                .wrongInput, code: "command.unreadable", subject: record, reason: "it cannot be read",
                remedy: "name a file that `assay records export` wrote")
        }
        return try RecordArchive(json: data, subject: record)
    }

    private func spec(_ record: Record) throws -> ReplaySpec {
        var spec = ReplaySpec()
        spec.record = record.id.rawValue
        spec.set = try changes()
        spec.models = model.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            return parts.count == 2 ? SpecNamed(parts[0], parts[1]) : SpecNamed("", text)
        }
        spec.find = find
        spec.engines = try options.stacks() ?? []
        spec.threads = options.threads
        spec.fresh = fresh
        spec.tolerance = tolerance
        spec.margin = margin
        spec.times = !noTimes
        spec.processes = processes
        if let budget { spec.budget = budget.duration }
        if let seed = options.seed { spec.seed = seed }
        return spec
    }

    private func changes() throws -> [SpecNamed<String>] {
        try set.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("--set '\(text)': it is not PATH=VALUE, as stacks[0].threads=2")
            }
            return SpecNamed(parts[0], parts[1])
        }
    }

    /// Reproduced is done, failures that were recorded too; an engine that fails only here is one that failed.
    private func status(_ replay: RecordArchive, of record: Record) -> ExitStatus {
        if replay.record.isPartial { return .interrupted }
        let failed = zip(replay.record.outcomes, record.outcomes).contains { !$0.isCompleted && $1.isCompleted }
        if failed { return .engineFailed }
        return replay.record.verdicts.allSatisfy { $0.state == .holds } ? .done : .failed
    }
}

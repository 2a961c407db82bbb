import ArgumentParser
import Assay
import Engines
import Foundation
import Records
import Reports
import Specs
import Studies

/// `assay compare`: whether a difference between models, engines, machines or records is real.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Say whether a difference between models, engines or records is real.",
        discussion: """
            Every other side is compared with the first: faster, slower, same within the margin, or cannot tell and what \
            it would take. Sides run in fresh processes, several each, that take turns in short bursts, in an order drawn \
            anew each round. One model with several engines, several models with one engine, sides written out with \
            --side, or a spec (YAML).

            Records, from the store or from files, are compared as they are: what the machine did between them is not \
            known, so their intervals are widened by the drift, unless several records a side (A,A2 B,B2) tell of it.

            A gate is METRIC RELATION NUMBER[UNIT] [on SIDE]: without a unit it bounds the ratio to the first side, \
            +5% is 1.05. Metrics: \(ComparedStatistic.allCases.map(\.rawValue).joined(separator: ", ")).

            Examples:
              assay compare model.onnx --engine native,onnxruntime
              assay compare old.onnx new.onnx --engine native --gate 'latency.p99 <= 1.05' --junit gate.xml
              assay compare model.onnx --engine onnxruntime@1.20,onnxruntime@1.31
              assay compare --side 'model.onnx onnxruntime threads=1' --side 'model.onnx onnxruntime threads=2'
              assay compare baseline.json 20260101-120000
              assay compare model.onnx --engine native --self-trials 20 --added-work 0.03

            Exit codes: 0 done, 1 a gate fails or cannot be told (--undecided pass forgives the latter), 2 the input is \
            wrong, 3 an engine failed (the record is kept), 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("Models, records or one spec.", valueName: "model-record-or-spec"))
    var inputs: [String] = []

    @Option(help: ArgumentHelp("A side, as 'MODEL ENGINE threads=2'; may be repeated.", valueName: "side"))
    var side: [String] = []

    @Option(help: ArgumentHelp("What is compared, as latency.median,latency.p99.", valueName: "statistic,…"))
    var statistic: String?

    @Option(help: ArgumentHelp("A bound that makes it a check; may be repeated.", valueName: "gate"))
    var gate: [String] = []

    @Option(help: ArgumentHelp("Write the gates as JUnit XML.", valueName: "file"))
    var junit: String?

    @Option(help: ArgumentHelp("What a gate that cannot be told counts as: fail or pass.", valueName: "word"))
    var undecided: Undecided?

    @Option(help: ArgumentHelp("The share up to which two sides count as the same, as 2%.", valueName: "share"))
    var margin: Share?

    @Option(help: ArgumentHelp("How long the comparison may take.", valueName: "seconds"))
    var seconds: Double?

    @Option(
        help: ArgumentHelp(
            "Fresh processes of each side, at least; fewer than 12 are exactly so many.", valueName: "number"))
    var processes: Int?

    @Option(help: ArgumentHelp("By how much two sessions of one thing may differ, as 5%.", valueName: "share"))
    var drift: Share?

    @OptionGroup var shapes: ShapeOptions

    @Option(help: ArgumentHelp("Compare one side with itself so many times, and count.", valueName: "number"))
    var selfTrials: Int?

    @Option(help: ArgumentHelp("Work added to one side of each such trial, as a share.", valueName: "share"))
    var addedWork: Share?

    @OptionGroup var options: StudyOptions

    func validate() throws {
        if let seconds, !(seconds > 0 && seconds <= 86_400) {
            throw ValidationError("--seconds \(seconds): it is not in 0 to 86400")
        }
        if let processes, !(2...10_000).contains(processes) {
            throw ValidationError("--processes \(processes): it is not in 2 to 10000")
        }
        if let selfTrials, !(1...100_000).contains(selfTrials) {
            throw ValidationError("--self-trials \(selfTrials): it is not in 1 to 100000")
        }
        guard !inputs.isEmpty || !side.isEmpty else {
            throw ValidationError("nothing to compare: name models, records or a spec, or give --side")
        }
        if selfTrials == nil, addedWork != nil {
            throw ValidationError("--added-work has no effect without --self-trials; a side may have addedWork=0.03")
        }
        if selfTrials != nil {
            try StudyOptions.refuse(
                [("--gate", !gate.isEmpty), ("--junit", junit != nil), ("--html", options.html != nil)],
                since: "has no effect with --self-trials; leave it out")
        }
        if junit != nil, gate.isEmpty, !inputs.contains(where: \.isSpecFile) {
            throw ValidationError("--junit: there is no gate to report; give --gate 'latency.median <= 1.05'")
        }
        _ = try statistics()
    }

    func run() async throws {
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        if let selfTrials {
            let found = try await trials(selfTrials, bench)
            line.finish()
            print(try JSONCoding.value(of: found).pretty)
            // What was counted is kept, and is not what was asked for.
            if found.count < selfTrials { throw ExitCode(ExitStatus.interrupted.rawValue) }
            return
        }
        let (archive, findings) = try await compared(bench)
        line.finish()
        try options.deliver(archive)
        if let junit {
            try StudyOptions.write(
                JUnitReport(findings.gates, of: archive.record, undecided: undecided ?? .fail).xml, to: junit)
        }
        if !options.json, !findings.gates.isEmpty { print((undecided ?? .fail).summary(of: findings.gates)) }
        let status =
            archive.exitStatus == .done ? (undecided ?? .fail).status(of: findings.gateState) : archive.exitStatus
        if status != .done { throw ExitCode(status.rawValue) }
    }

    // MARK: - What is asked

    private func compared(_ bench: Workbench) async throws -> (RecordArchive, CompareFindings) {
        if inputs.count == 1, let file = inputs.first, file.isSpecFile {
            let folder = URL(fileURLWithPath: file).deletingLastPathComponent().relativePath
            var spec = try CompareSpec.spec.decode(contentsOf: file).value
            try apply(to: &spec)
            return try await bench.compare(spec, folder: folder)
        }
        var spec = CompareSpec()
        try apply(to: &spec)
        let sources = try await CompareInput.resolve(inputs, store: bench.store)
        if case .records(let sides) = sources { return try await bench.compare(sides, spec) }
        guard case .models(let models) = sources else { return try await bench.compare(spec, folder: ".") }
        spec.sides += try sides(models)
        guard spec.sides.count > 1 else {
            throw Failure(
                .wrongInput, code: "command.sides", subject: models.first ?? "sides", reason: "there is only one side",
                remedy: "name several engines (--engine native,onnxruntime), a second model, or sides with --side")
        }
        return try await bench.compare(spec, folder: ".")
    }

    private func trials(_ count: Int, _ bench: Workbench) async throws -> SelfTrials.Findings {
        var spec = CompareSpec()
        try apply(to: &spec)
        let given = spec.sides + (try sides(inputs))
        guard given.count == 1 else {
            throw Failure(
                .wrongInput, code: "command.sides", subject: "--self-trials",
                reason: "there are \(given.count) sides", remedy: "name one model and one engine")
        }
        return try await SelfTrials(bench.context(folder: ".")).run(
            spec, side: given[0], count: count, addedWork: addedWork?.value ?? 0)
    }

    /// Every model on every engine, the first model first.
    private func sides(_ models: [String]) throws -> [CompareSide] {
        var stacks = try options.stacks() ?? [StackRequest("onnxruntime")]
        options.setThreads(of: &stacks)
        return models.flatMap { model in stacks.map { CompareSide(model, $0) } }
    }

    private func apply(to spec: inout CompareSpec) throws {
        spec.sides += try side.map { try CompareSide(commandLine: $0) }
        if let chosen = try statistics() { spec.statistics = chosen }
        spec.gates += try gate.map { try Gate($0) }
        if let margin { spec.margin = margin.value }
        if let seconds { spec.budget = .seconds(seconds) }
        if let processes { spec.processes = processes }
        if let drift { spec.drift = drift.value }
        spec.shapes += try shapes.named()
        if let seed = options.seed { spec.seed = seed }
    }

    private func statistics() throws -> [ComparedStatistic]? {
        try StudyOptions.cases(statistic, of: "--statistic")
    }
}

extension String {
    /// Whether it names a YAML file.
    var isSpecFile: Bool { hasSuffix(".yaml") || hasSuffix(".yml") }
}

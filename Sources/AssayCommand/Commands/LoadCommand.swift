import ArgumentParser
import Assay
import Engines
import Foundation
import Measurement
import Records
import Specs
import Studies

/// `assay load`: a model under the load of scenarios.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Put a model under load: scenarios, response times, the highest rate.",
        discussion: """
            Runs the scenarios of MLPerf Inference, and a closed loop, inside the engine's own process. Response times \
            count from when a query was due, so a stalled engine cannot hide; the engine's own service times stand beside \
            them. A run whose figures are the load generator's doing fails. Percentiles are told once MLPerf's early \
            stopping has the queries that they take.

            Scenarios: \(LoadScenario.allCases.map(\.rawValue).joined(separator: ", ")).
            Arrivals of the server scenario: constant, poisson, bursts, or a file with a time in seconds a line.

            Runs of the model take different inputs in turn (--inputs, 16): seeded random numbers, or with --data the samples \
            of an evaluation, pre-processed as its spec says, before anything is timed.

            Examples:
              assay load mobilenet-v2
              assay load mobilenet-v2 --scenario server --rate 100 --bound 50ms --concurrency 2
              assay load mobilenet-v2 --scenario server --find-rate --bound 50ms --percentile 99
              assay load model.onnx --scenario server --arrivals requests.csv --engine native
              assay load model.onnx --scenario closed-loop,server --rate 50 --html load.html
              assay load mobilenet-v2 --scenario offline --batch 1,2,4,8 --engine onnxruntime
              assay load mobilenet-v2 --data Workloads/photos/demo.yaml --inputs 20
              assay load load.yaml
              assay load --queries-table

            Exit codes: 0 done, 1 the load generator was late or the bound is not kept, 2 the input is wrong, 3 an engine failed (the record is \
            kept), 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("A name of the zoo, an ONNX file, or a spec.", valueName: "model-or-spec"))
    var model: String?

    @Option(help: ArgumentHelp("Scenarios, as server,offline.", valueName: "scenario,…"))
    var scenario: String?

    @Option(help: ArgumentHelp("Queries a second of the server scenario.", valueName: "number"))
    var rate: Double?

    @Option(help: ArgumentHelp("constant, poisson, bursts, or a file of arrival times.", valueName: "kind-or-file"))
    var arrivals: String?

    @Option(help: ArgumentHelp("Queries in one burst.", valueName: "number"))
    var burst: Int?

    @Option(help: ArgumentHelp("Threads that answer queries, each with a session of its own.", valueName: "number"))
    var concurrency: Int?

    @Option(help: ArgumentHelp("Samples in one query.", valueName: "number"))
    var samplesPerQuery: Int?

    @Option(help: ArgumentHelp("Items in one run of the model, as 1,2,4,8.", valueName: "number,…"))
    var batch: String?

    @Option(help: ArgumentHelp("The bound of the response time, as 50ms.", valueName: "time"))
    var bound: DurationArgument?

    @Option(help: ArgumentHelp("The percentile that is judged, as 99.", valueName: "percent"))
    var percentile: Double?

    @Flag(help: "Search the highest rate at which the percentile keeps the bound.")
    var findRate = false

    @Option(help: ArgumentHelp("How long one run goes on at least, as 10s.", valueName: "time"))
    var duration: DurationArgument?

    @Option(help: ArgumentHelp("How long one run goes on at most, as 2min.", valueName: "time"))
    var longest: DurationArgument?

    @Option(help: ArgumentHelp("How many queries one run answers at least.", valueName: "number"))
    var queries: Int?

    @Option(help: ArgumentHelp("Rounds in which all take their turn.", valueName: "number"))
    var rounds: Int?

    @Flag(help: "Print how many queries the percentiles take by early stopping, and run nothing.")
    var queriesTable = false

    @Option(help: ArgumentHelp("Different inputs, which runs of the model take in turn.", valueName: "number"))
    var inputs: Int?

    @OptionGroup var source: SampleOptions

    @OptionGroup var options: StudyOptions

    func validate() throws {
        if model == nil, !queriesTable {
            throw ValidationError("give a model of the zoo, an ONNX file, or a spec; --queries-table needs none")
        }
        if let model, queriesTable { throw ValidationError("--queries-table runs nothing: leave '\(model)' out") }
        try StudyOptions.check("--rate", rate, 1e-3...1e8)
        try StudyOptions.check("--percentile", percentile, 1...99.999)
        try StudyOptions.check("--burst", burst, 1...100_000)
        try StudyOptions.check("--concurrency", concurrency, 1...ScenarioJob.mostServers)
        try StudyOptions.check("--samples-per-query", samplesPerQuery, 1...100_000)
        try StudyOptions.check("--queries", queries, 1...ScenarioJob.mostQueries)
        try StudyOptions.check("--rounds", rounds, 1...1000)
        try StudyOptions.check("--inputs", inputs, 1...100_000)
        _ = try StudyOptions.counts(batch, of: "--batch", most: 4096)
        let _: [LoadScenario]? = try StudyOptions.cases(scenario, of: "--scenario")
    }

    func run() async throws {
        guard let model else { return QueriesTable(asked: percentile).print(asJSON: options.json) }
        let (spec, folder) = try spec(model)
        if let violation = LoadSpec.violation(spec) {
            throw Failure(
                .wrongInput, code: "command.load", subject: Self.options[violation.key] ?? violation.key,
                reason: violation.reason,
                remedy: violation.remedy)
        }
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let archive = try await bench.load(spec, folder: folder)
        line.finish()
        try options.deliver(archive)
        guard archive.exitStatus == .done else { throw ExitCode(archive.exitStatus.rawValue) }
        // At the highest rate that was found the bound was decided by the search.
        let gates: Set = spec.findRate ? ["load.generator.share"] : ["load.generator.share", "load.over-bound"]
        let hasFailed = archive.record.verdicts.contains { $0.state == .fails && gates.contains($0.metric?.name ?? "") }
        if hasFailed { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// The options that stand for the keys of a spec.
    private static let options = [
        "findRate": "--find-rate", "arrivals": "--arrivals", "longest": "--longest", "shapes": "--shape",
    ]

    /// The spec, with what the command line says on top, and the folder its paths start from.
    private func spec(_ model: String) throws -> (LoadSpec, String) {
        var (spec, folder) = try source.spec(model, of: LoadSpec.spec, default: LoadSpec())
        spec.scenarios = try StudyOptions.cases(scenario, of: "--scenario") ?? spec.scenarios
        spec.batches = try StudyOptions.counts(batch, of: "--batch", most: 4096) ?? spec.batches
        if let arrivals {
            let kind = Arrivals(rawValue: arrivals)
            guard kind != nil || FileManager.default.fileExists(atPath: arrivals) else {
                throw Failure(
                    .wrongInput, code: "command.arrivals", subject: "--arrivals \(arrivals)",
                    reason: "it is neither constant, poisson nor bursts, and there is no such file",
                    remedy: "name one of them, or a file with an arrival time in seconds a line")
            }
            spec.arrivals = kind ?? .trace
            spec.trace = kind == nil ? URL(fileURLWithPath: arrivals).path : nil
        }
        spec.rate = rate ?? spec.rate
        spec.burst = burst ?? spec.burst
        spec.concurrency = concurrency ?? spec.concurrency
        spec.samplesPerQuery = samplesPerQuery ?? spec.samplesPerQuery
        spec.bound = bound?.duration ?? spec.bound
        spec.percentile = percentile ?? spec.percentile
        spec.findRate = findRate || spec.findRate
        spec.duration = duration?.duration ?? spec.duration
        spec.longest = longest?.duration ?? max(spec.longest, spec.duration)
        spec.queries = queries ?? spec.queries
        spec.rounds = rounds ?? spec.rounds
        spec.inputs = inputs ?? spec.inputs
        if let seed = options.seed { spec.seed = seed }
        if let stacks = try options.stacks() { spec.stacks = stacks }
        options.setThreads(of: &spec.stacks)
        return (spec, folder)
    }
}

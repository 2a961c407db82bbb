import ArgumentParser
import Assay
import Engines
import Foundation
import Records
import Specs
import Studies

/// `assay cost`: the least configuration that beats a competent single thread.
struct CostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost", abstract: "Find the least configuration that beats a competent single thread.",
        discussion: """
            The COST of a system (McSherry, Isard and Murray 2015) is the number of threads, workers or machines from which on it \
            gets more done than a single thread of the best engine, or "unbounded" where none of those tried does. Workers \
            are processes with a model each that run at the same time. The single thread is chosen by measurement among the \
            engines of --against. The answer is a range: from the least configuration that may beat it to the least that \
            does so for certain.

            With --bound queries arrive by a schedule, and throughput is the highest rate at which the percentile of their \
            response time holds the bound; without it, that of a closed loop. With --price or --power a million runs get a \
            price and a run its energy: a number is that of one thread, a list as 1=0.05,2=0.09 that of so many threads.

            With --machines the first machine alone, the first two together and so on run the workers of each \
            configuration, and the answer is a number of machines too. The single thread runs on the first. Another machine \
            needs a shell alone: the worker and the engines are sent to it.

            Takes a model, a spec (YAML), or with --table published measurements as CSV: the columns system, seconds, one \
            of threads, cores, workers, nodes, machines or devices, 'yes' under baseline for single threads, and problem \
            where there are several.

            Examples:
              assay cost mobilenet-v2 --threads 1,2
              assay cost model.onnx --engine onnxruntime,openvino --against native --threads 1,2,4 --workers 1,2
              assay cost mobilenet-v2 --threads 1,2 --bound 20ms --price 0.04 --html cost.html
              assay cost mobilenet-v2 --threads 1 --machines here,ssh:node1,ssh:node2
              assay cost --table Workloads/cost/published.csv

            Exit codes: 0 done, 2 the input is wrong, 3 an engine failed (the record is kept), 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("A spec, an ONNX file or a model of the zoo.", valueName: "spec-or-model"))
    var subject: String?

    @Option(help: ArgumentHelp("Published measurements, as CSV.", valueName: "file"))
    var table: String?

    @Option(
        help: ArgumentHelp(
            "The systems, as onnxruntime,openvino; all that Assay installs by default.", valueName: "engine,…"))
    var engine: String?

    @Option(
        help: ArgumentHelp(
            "What the single thread is chosen from: engines, the systems themselves by default; of a table one of its "
                + "single threads, the fastest by default.", valueName: "engine,…"))
    var against: String?

    @Option(help: ArgumentHelp("Thread counts of one worker, as 1,2,4.", valueName: "number,…"))
    var threads: String?

    @Option(help: ArgumentHelp("Numbers of workers side by side, as 1,2.", valueName: "number,…"))
    var workers: String?

    @Option(
        help: ArgumentHelp(
            "Machines that run so many workers each, as here,ssh:node1; this one alone by default.",
            valueName: "machine,…"))
    var machines: String?

    @Option(help: ArgumentHelp("The response time of arrivals that must be held, as 50ms.", valueName: "duration"))
    var bound: String?

    @Option(
        help: ArgumentHelp("The percentile of the response time that the bound is held against.", valueName: "number"))
    var percentile: Double?

    @Option(help: ArgumentHelp("The price of an hour, as 0.04 or 1=0.05,2=0.09.", valueName: "price"))
    var price: String?

    @Option(help: ArgumentHelp("What the price is in.", valueName: "name"))
    var currency: String?

    @Option(help: ArgumentHelp("The power in watts, as 15 or 1=20,2=33.", valueName: "watts"))
    var power: String?

    @Option(help: ArgumentHelp("Fresh processes of each configuration.", valueName: "number"))
    var processes: Int?

    @OptionGroup var shapes: ShapeOptions

    @OptionGroup var options: DeliveryOptions

    func validate() throws {
        guard (subject == nil) != (table == nil) else {
            throw ValidationError(
                subject == nil
                    ? "give a model, a spec, or --table FILE" : "a model and --table exclude each other; leave one out")
        }
        if table != nil {
            try StudyOptions.refuse(
                [
                    ("--engine", engine != nil), ("--threads", threads != nil), ("--workers", workers != nil),
                    ("--machines", machines != nil),
                    ("--bound", bound != nil), ("--percentile", percentile != nil), ("--price", price != nil),
                    ("--currency", currency != nil), ("--power", power != nil), ("--processes", processes != nil),
                    ("--shape", shapes.isGiven), ("--seed", options.seed != nil),
                ], since: "is about what is measured; with --table nothing is")
        }
        _ = try StudyOptions.counts(threads, of: "--threads", most: 1024)
        _ = try StudyOptions.counts(workers, of: "--workers", most: 256)
        _ = try boundDuration()
        _ = try rates(price, of: "--price")
        _ = try rates(power, of: "--power")
        if let percentile, !(1...99.99).contains(percentile) {
            throw ValidationError("--percentile \(percentile): it is not in 1 to 99.99")
        }
        if percentile != nil, bound == nil, subject?.hasSuffix(".yaml") != true {
            throw ValidationError("--percentile says how --bound is held; give --bound")
        }
        if let processes, !(1...1000).contains(processes) {
            throw ValidationError("--processes \(processes): it is not in 1 to 1000")
        }
    }

    func run() async throws {
        let line = ProgressLine(isQuiet: options.quiet)
        let bench = try Workbench(isOffline: options.offline, progress: line.progress)
        let archive: RecordArchive
        if let table {
            archive = try await bench.cost(table: table, against: against)
        } else {
            let (spec, folder) = try document()
            archive = try await bench.cost(spec, folder: folder)
        }
        line.finish()
        try options.deliver(archive)
        if archive.exitStatus != .done { throw ExitCode(archive.exitStatus.rawValue) }
    }

    /// The spec, with what the command line says on top, and the folder its paths start from.
    private func document() throws -> (CostSpec, String) {
        let name = subject ?? ""
        let isSpec = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        var spec = isSpec ? try CostSpec.spec.decode(contentsOf: name).value : CostSpec()
        if !isSpec { spec.model = name }
        spec.shapes += try shapes.named()
        if let stacks = try StudyOptions.stacks(engine) { spec.stacks = stacks }
        if let stacks = try StudyOptions.stacks(against) { spec.against = stacks }
        spec.threads = try StudyOptions.counts(threads, of: "--threads", most: 1024) ?? spec.threads
        spec.workers = try StudyOptions.counts(workers, of: "--workers", most: 256) ?? spec.workers
        if let words = try StudyOptions.words(machines, of: "--machines") {
            spec.machines = try StackPlace.list(commandLine: words)
        }
        spec.bound = try boundDuration() ?? spec.bound
        spec.percentile = percentile ?? spec.percentile
        spec.prices = try rates(price, of: "--price") ?? spec.prices
        spec.currency = currency ?? spec.currency
        spec.power = try rates(power, of: "--power") ?? spec.power
        spec.processes = processes ?? spec.processes
        spec.seed = options.seed ?? spec.seed
        return (spec, isSpec ? URL(fileURLWithPath: name).deletingLastPathComponent().path : ".")
    }

    private func boundDuration() throws -> Duration? {
        guard let bound else { return nil }
        guard let duration = Duration(measure: bound), duration > .zero else {
            throw ValidationError("--bound '\(bound)': it is no length of time; write it as 50ms or 2s")
        }
        return duration
    }

    private func rates(_ text: String?, of option: String) throws -> [SpecNamed<Double>]? {
        try StudyOptions.words(text, of: option)?.map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = parts.count > 1 ? parts[0] : CostSpec.each
            guard let value = parts.last.flatMap(Double.init), value >= 0, value.isFinite,
                name == CostSpec.each || Int(name) ?? 0 > 0
            else {
                throw ValidationError(
                    "\(option) \(text ?? ""): '\(word)' is neither a number nor THREADS=NUMBER, as 0.04 or 1=0.05,2=0.09"
                )
            }
            return SpecNamed(name, value)
        }
    }
}

import Assets
import Engines
import Graphs
public import Records
public import Specs
import Tensors

/// The study behind `assay cost`: from which configuration on a system beats a competent single thread.
///
/// Throughput is that of a closed loop: each worker has one run at a time, and the next begins when it is done. At a bound of
/// the response time it is the highest rate of scheduled arrivals that holds the bound. The single thread is the fastest of
/// the engines that it may be chosen from, by the same measurement.
public struct Cost: Sendable {
    /// The name of the study in records.
    public static let name = "cost"

    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) { self.context = context }

    /// Carries a spec out.
    ///
    /// A cancelled study gives what it has found so far, marked as partial.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks.
    public func run(_ spec: CostSpec, effective: SpecValue) async throws -> RecordArchive {
        let findings = try await findings(spec)
        return try CostRecord(spec: spec, effective: effective, findings: findings, context: context).build()
    }

    /// Answers from a table of published measurements.
    ///
    /// - Parameter against: the single thread that is taken; the fastest of each problem where `nil`.
    /// - Throws: `StudyError` or `AssetError` where the table is not as it must be.
    public func run(table path: String, against: String? = nil) throws -> RecordArchive {
        try CostTableRecord(
            table: try CostTable(contentsOf: path), path: path, digest: try SHA256.digest(ofFile: path),
            against: against, context: context
        ).build()
    }

    /// Measures what a spec asks for.
    package func findings(_ spec: CostSpec) async throws -> CostFindings {
        let prices = try CostRates(spec.prices, subject: "price")
        let power = try CostRates(spec.power, subject: "power")
        let model = try context.model(spec.model)
        let graph = try Model(contentsOf: model.path).graph
        let inputs = try SyntheticBatch(
            inputs: graph.requiredInputs,
            shapes: Dictionary(spec.shapes.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }), model: model.name,
            seed: spec.seed
        ).make()
        var requests = spec.stacks
        for request in spec.against where !requests.contains(request) { requests.append(request) }
        let systems = Array(spec.stacks.indices)
        let against =
            spec.against.isEmpty
            ? Array(requests.indices) : spec.against.compactMap { requests.firstIndex(of: $0) }
        let configurations = Self.configurations(spec, systems: systems, against: against)
        try Self.check(prices, "price", configurations)
        try Self.check(power, "power", configurations)
        let stacks = try requests.map { try context.stack($0) }.withDistinctTitles
        let cores = context.machine.logicalCores
        if let most = configurations.map(\.threadsOfMachine).max(), most > cores {
            context.progress.report(
                .warned("up to \(most) threads run on \(cores) cores: beyond \(cores) they share them"))
        }
        context.progress.report(
            .began("\(model.name): \(configurations.count) configurations of \(stacks.count) engines"))
        let places = try CostPlaces(spec.machines, requests: requests, stacks: stacks, context: context)
        let pass = CostPass(
            spec: spec, stacks: stacks, places: places, model: model, inputs: inputs, context: context)
        var findings = CostFindings(
            model: model, stacks: stacks, systems: systems, against: against,
            entries: await pass.run(configurations))
        findings.isPartial = Task.isCancelled
        return findings
    }

    /// Every system at every number of threads, workers and machines, and a single thread of every engine that it may be
    /// chosen from.
    private static func configurations(_ spec: CostSpec, systems: [Int], against: [Int]) -> [CostConfiguration] {
        var all: [CostConfiguration] = []
        func add(_ configuration: CostConfiguration) { if !all.contains(configuration) { all.append(configuration) } }
        for stack in systems {
            for threads in spec.threads {
                for workers in spec.workers {
                    for machines in 1...max(1, spec.machines.count) {
                        add(
                            CostConfiguration(
                                stack: stack, threads: threads, workers: workers, machines: machines))
                    }
                }
            }
        }
        for stack in against { add(CostConfiguration(stack: stack, threads: 1, workers: 1)) }
        return all
    }

    /// Before anything is measured: a rate that is missing is told at once.
    private static func check(
        _ rates: CostRates, _ subject: String, _ configurations: [CostConfiguration]
    ) throws(StudyError) {
        guard !rates.isEmpty, let lacking = configurations.first(where: { rates.rate($0.size) == nil }) else { return }
        throw StudyError(
            .price, subject: subject, reason: "\(lacking.size) threads have none",
            remedy: "give it for every number of threads, or under '\(CostSpec.each)' for each thread")
    }
}

public import Assets
public import Engines
import Foundation
import Measurement
public import Records
public import ResultStore
public import Specs
public import Studies

/// Everything that studies need on one machine: where things are kept, how they are fetched, and where records go.
///
/// ```swift
/// let bench = try Workbench()
/// let archive = try await bench.evaluate("models: [mobilenet-v2]\nstacks: [onnxruntime]")
/// ```
public struct Workbench: Sendable {
    /// Where downloads, engines and records are kept.
    public let home: AssayHome
    /// Downloads what is missing.
    public let fetcher: ArtifactFetcher
    /// Where records are kept.
    public let store: SQLiteStore
    private let progress: StudyProgress

    /// Opens a workbench.
    ///
    /// - Parameters:
    ///   - home: where things are kept; `$ASSAY_HOME` or `~/.assay` by default.
    ///   - isOffline: forbids downloads.
    ///   - progress: hears of everything that takes time.
    /// - Throws: `RecordError` when the store cannot be opened.
    public init(
        home: AssayHome = AssayHome(), isOffline: Bool = false, progress: StudyProgress = .silent
    ) throws(RecordError) {
        self.home = home
        self.progress = progress
        fetcher = ArtifactFetcher(home: home, isOffline: isOffline) { event in
            switch event {
            case .started(let artifact): progress.report(.noted("downloading \(artifact.filename)"))
            case .received, .finished: break
            }
        }
        store = try SQLiteStore(path: home.records)
    }

    /// Evaluates what a spec in YAML asks for and saves the record.
    ///
    /// - Parameter folder: where relative paths of the spec start, and where its lock file lies.
    public func evaluate(_ yaml: String, folder: String = ".") async throws -> RecordArchive {
        try await evaluate(try EvaluateSpec.spec.decode(yaml), folder: folder)
    }

    /// Evaluates what a spec asks for and saves the record, partial ones too.
    public func evaluate(_ document: SpecDocument<EvaluateSpec>, folder: String) async throws -> RecordArchive {
        let study = Evaluate(context(folder: folder))
        let archive = try await study.run(document.value, effective: document.effective)
        try await Task { try await store.save(archive) }.value
        return archive
    }

    /// Runs the examples of operators on stacks and saves the record, partial ones too.
    public func operators(
        _ spec: OperatorSupportSpec, folder: String = "."
    ) async throws -> (archive: RecordArchive, findings: OperatorSupport.Findings) {
        let study = OperatorSupport(context(folder: folder))
        let findings = try await study.findings(spec)
        let archive = try study.record(of: findings, spec, effective: OperatorSupportSpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        return (archive, findings)
    }

    /// Measures one engine against its peers and saves the record, partial ones too.
    public func bench(_ spec: BenchSpec, folder: String = ".") async throws -> RecordArchive {
        let archive = try await Bench(context(folder: folder)).run(spec, effective: BenchSpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        return archive
    }

    /// Compares sides, run side by side, and saves the record, partial ones too.
    public func compare(
        _ spec: CompareSpec, folder: String = "."
    ) async throws -> (archive: RecordArchive, findings: CompareFindings) {
        let study = Compare(context(folder: folder))
        let (archive, findings) = try await study.run(spec, effective: CompareSpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        return (archive, findings)
    }

    /// Compares records, one list a side, and saves what came out.
    public func compare(
        _ sides: [[RecordArchive]], _ spec: CompareSpec
    ) async throws -> (archive: RecordArchive, findings: CompareFindings) {
        let study = CompareRecords(context(folder: "."))
        let (archive, findings) = try study.run(sides, spec, effective: CompareSpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        return (archive, findings)
    }

    /// Evaluates, holds what came out to gates, and saves the record, partial ones too.
    public func gate(
        _ spec: GateSpec, baseline: RecordArchive?, folder: String = "."
    ) async throws -> (archive: RecordArchive, gates: [GateResult]) {
        let study = GateStudy(context(folder: folder))
        let (archive, gates) = try await study.run(
            spec, effective: GateSpec.spec.effective(spec), baseline: baseline)
        try await Task { try await store.save(archive) }.value
        return (archive, gates)
    }

    /// Finds from which configuration on systems beat a single thread, and saves the record, partial ones too.
    public func cost(_ spec: CostSpec, folder: String = ".") async throws -> RecordArchive {
        let archive = try await Cost(context(folder: folder)).run(spec, effective: CostSpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        return archive
    }

    /// Finds the same in a table of published measurements, and saves the record.
    public func cost(table path: String, against: String? = nil) async throws -> RecordArchive {
        let archive = try Cost(context(folder: ".")).run(table: path, against: against)
        try await store.save(archive)
        return archive
    }

    /// Puts a model under the load of scenarios and saves the record, partial ones too.
    public func load(_ spec: LoadSpec, folder: String = ".") async throws -> RecordArchive {
        let archive = try await Load(context(folder: folder)).run(spec, effective: LoadSpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        return archive
    }

    /// Runs a model over engines, versions and settings, holds what comes out against each other, and saves the record,
    /// partial ones too.
    public func stability(_ spec: StabilitySpec, folder: String = ".") async throws -> RecordArchive {
        let study = Stability(context(folder: folder))
        let archive = try await study.run(spec, effective: StabilitySpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        return archive
    }

    /// Watches a model level by level and saves the record, partial ones too.
    ///
    /// - Parameter folder: where relative paths of the spec start, and where its lock file lies.
    public func trace(_ spec: TraceSpec, folder: String = ".") async throws -> Trace.Result {
        let result = try await Trace(context(folder: folder)).run(spec, effective: TraceSpec.spec.effective(spec))
        try await Task { try await store.save(result.archive) }.value
        return result
    }

    /// Applies passes to a model, compares what they made on stacks, and saves the record.
    public func optimize(
        _ spec: OptimizeSpec, folder: String = "."
    ) async throws -> (archive: RecordArchive, findings: Optimize.Findings) {
        let study = Optimize(context(folder: folder))
        let findings = try await study.findings(spec)
        let archive = try study.record(of: findings, spec, effective: OptimizeSpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        return (archive, findings)
    }

    /// Tests the instrument on this machine, saves the record, and notes what every later record says of it.
    public func selftest(_ spec: SelfTestSpec) async throws -> RecordArchive {
        let study = SelfTest(context(folder: "."))
        let archive = try await study.run(spec, effective: SelfTestSpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        let machine = archive.record.machine
        if let test = machine.instrument, test.record == archive.record.id {
            try InstrumentFile(home: home.path).note(test, on: machine)
        }
        return archive
    }

    /// The node cases of the onnx package, generated where they are missing.
    ///
    /// - Parameter lists: the folder with the lists of the cases and of the engines' sides.
    /// - Throws: `AssetError`.
    public func nodeCases(lists: String) throws(AssetError) -> NodeCases {
        let library = NodeCaseLibrary(fetcher: fetcher, folder: lists)
        if let cases = try library.kept() { return cases }
        if !fetcher.isOffline { progress.report(.noted("generating the node cases of the onnx package")) }
        return try library.fetch()
    }

    /// Runs the node cases of the standard on stacks and saves the record, partial ones too.
    public func conformance(
        _ spec: ConformanceSpec, lists: String, folder: String = "."
    ) async throws -> (archive: RecordArchive, findings: Conformance.Findings) {
        let study = Conformance(context(folder: folder), cases: try nodeCases(lists: lists))
        let findings = try await study.findings(spec)
        let archive = try study.record(of: findings, spec, effective: ConformanceSpec.spec.effective(spec))
        try await Task { try await store.save(archive) }.value
        return (archive, findings)
    }

    /// The stack for a request, installed where it is missing; the lock file of the folder decides, and is kept up to date.
    ///
    /// - Throws: `AssetError`.
    public func stack(_ request: StackRequest, folder: String) throws(AssetError) -> PreparedStack {
        try carried(try installed(request, folder: folder), folder: folder)
    }

    /// The stack at the place where it is to run.
    func carried(_ stack: PreparedStack, folder: String) throws(AssetError) -> PreparedStack {
        var stack = stack
        stack.request.place = stack.request.place.relative(to: folder)
        let progress = progress
        return try StackCarrier(fetcher: fetcher) { progress.report(.noted($0)) }.carry(stack)
    }

    private func installed(_ request: StackRequest, folder: String) throws(AssetError) -> PreparedStack {
        if request.isBuiltIn {
            guard request.version == .any else {
                throw AssetError(
                    .unsatisfiable, subject: "stack \(request.engine)",
                    reason: "it has the version of Assay itself, so '\(request.version)' cannot be chosen",
                    remedy: "leave the version out")
            }
            return PreparedStack(request: request, title: request.title(version: Version.current))
        }
        if let added = try AddedEngine.named(request.engine, home: home) { return try prepared(added, for: request) }
        let path = folder + "/assay.lock"
        var lock = try StackLock(contentsOf: path)
        let build = try resolved(request, lock)
        // A pinned build needs no lock; what an index was asked for does.
        if lock.build(for: request) != build, request.version != .any || build.python != nil || build.device != nil {
            lock.record(request, build)
            try lock.write(to: path)
        }
        return try prepared(build, for: request)
    }

    /// The build for a request; where nothing may be looked up, the newest installed one that will do.
    private func resolved(_ request: StackRequest, _ lock: StackLock) throws(AssetError) -> StackBuild {
        do {
            return try StackResolver(index: PackageIndex(isOffline: fetcher.isOffline)).resolve(request, lock: lock)
        } catch {
            guard error.code == .offline, let build = StackListing.newestInstalled(for: request, fetcher: fetcher)
            else {
                throw error
            }
            return build
        }
    }

    /// The stack of an engine that was added; its version is what its program said then, and has to say still.
    private func prepared(_ engine: AddedEngine, for request: StackRequest) throws(AssetError) -> PreparedStack {
        guard request.version == .any else {
            throw AssetError(
                .unsatisfiable, subject: "stack \(request.engine)",
                reason: "it was added, so '\(request.version)' cannot be chosen",
                remedy: "leave the version out, or add each version under a name of its own")
        }
        return PreparedStack(
            request: request, title: request.title(version: engine.version ?? ""), version: engine.version,
            guest: engine.guest)
    }

    /// The stack of a build, installed where it is missing.
    ///
    /// - Throws: `AssetError`.
    func prepared(_ build: StackBuild, for request: StackRequest) throws(AssetError) -> PreparedStack {
        let installer = StackInstaller(fetcher: fetcher)
        if !installer.isInstalled(build), !fetcher.isOffline {
            progress.report(.noted("installing \(build.engine) \(build.version)"))
        }
        do {
            return try installer.install(build, for: request)
        } catch {
            // The native engine runs on its reference kernels where its library cannot be had.
            guard request.engine == "native", error.code == .offline || error.code == .missingTool else { throw error }
            progress.report(.warned("native runs on its reference kernels: \(error)"))
            return PreparedStack(
                request: request, title: request.title(version: Version.current) + ", reference kernels")
        }
    }

    /// What a study works with here.
    public func context(folder: String) -> StudyContext {
        let models = ModelLocator(zoo: ModelZoo(fetcher: fetcher), folder: folder)
        return StudyContext(
            model: { try models.model($0) }, form: { try ResolvedForm($0, folder: folder) },
            stack: { try stack($0, folder: folder) },
            folder: { try self.folder(of: $0, specFolder: folder) }, resources: models.resources,
            machine: machine(), tool: "assay \(Version.current)", progress: progress)
    }

    /// This machine, with what a self-test found of the instrument on it.
    public func machine() -> Machine {
        var machine = MachineProbe.current()
        machine.instrument = InstrumentFile(home: home.path).test(on: machine)
        return machine
    }

    private func folder(of origin: DataSpec.Origin, specFolder: String) throws -> String {
        switch origin {
        case .here: return specFolder
        case .package(let name): return try DataLibrary(fetcher: fetcher).fetch(DataLibrary.package(named: name))
        case .text(let recipe):
            let progress = progress
            let renderer = TextRenderer(home: home) { drawn, total in
                if drawn == 1 { progress.report(.noted("drawing \(total) pictures of text")) }
                progress.report(.advanced(done: drawn, of: total))
            }
            return try renderer.folder(for: recipe)
        }
    }
}

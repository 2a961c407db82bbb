public import Assets
public import Engines
public import Measurement
public import Specs

/// What `assay load` is asked: which model on which engines, under which scenarios of load, and what must hold.
public struct LoadSpec: SampledSpec {
    /// A name of the zoo, or the path of an ONNX file.
    public var model = ""
    /// The same model in formats of engines' own, which load them in place of the ONNX file.
    public var forms: [ModelForm] = []
    /// The engines, which take turns.
    public var stacks: [StackRequest] = StackRequest.defaults
    /// The scenarios.
    public var scenarios = [LoadScenario.singleStream]
    /// Items in one run of the model.
    public var batches = [1]
    /// Samples in one query; eight for multi stream and otherwise as many as in a batch where `nil`.
    public var samplesPerQuery: Int?
    /// Threads that answer queries of the scenarios server, offline and closed loop, each with a session of its own.
    public var concurrency = 1
    /// How queries of the server scenario arrive.
    public var arrivals = Arrivals.poisson
    /// Their mean rate in queries a second; half of what the engine can do where `nil`.
    public var rate: Double?
    /// Queries in one burst.
    public var burst = 8
    /// The file of a recorded trace of arrivals, a time in seconds a line.
    public var trace: String?
    /// The bound of the response time; none where `nil`.
    public var bound: Duration?
    /// The percentile that is judged and must keep the bound, in percent.
    public var percentile = 99.0
    /// Whether the highest rate is searched at which the percentile keeps the bound.
    public var findRate = false
    /// The share by which the ends of the interval of the highest rate may differ.
    public var precision = 0.05
    /// How long one run goes on at least.
    public var duration = Duration.seconds(10)
    /// How many queries one run answers at least; as many as the judged percentile takes where `nil`.
    public var queries: Int?
    /// How long one run goes on at most.
    public var longest = Duration.seconds(120)
    /// Rounds in which all take their turn; five in a sweep of batches and one otherwise where `nil`.
    public var rounds: Int?
    /// The longest that each thread runs before a query counts; it ends earlier once the run times have settled.
    public var warmup = Duration.milliseconds(500)
    /// The largest share of the judged figure that may be the load generator's.
    public var lateness = GeneratorAudit.usualLimit
    /// Queries of each run whose times are kept in the record, from the first.
    public var kept = 100_000
    /// Shapes of inputs whose extents the model leaves open; the first extent is the batch.
    public var shapes: [SpecNamed<[Int]>] = []
    /// How many different samples the runs of the model take in turn.
    public var inputs = 16
    /// Where the samples come from; seeded random numbers where `nil`.
    public var data: DataSpec?
    /// The steps from an item of the data to the inputs.
    public var preprocess = Pipeline([])
    /// Inputs that are the same for every item: filled with one number in the shape that the model declares.
    public var constants: [SpecNamed<Double>] = []
    /// How items become a batch.
    public var joining = Batch.Joining.stack
    /// The seed of every random choice.
    public var seed = 1
    /// How long an engine may take before it is ended.
    public var limits = LimitSpec()

    /// Makes the defaults.
    public init() {}
}

extension LoadSpec {
    /// The JSON Schema (draft 2020-12) of the YAML form.
    public static var jsonSchema: String {
        spec.jsonSchema(identifier: "https://assay.invalid/schemas/load.schema.json", title: "assay.load/1").json
    }

    /// The YAML form.
    public static let spec = SpecObject(
        "load", "Which model on which engines, under which load, and what must hold.", initial: LoadSpec(),
        [
            .required("model", \.model, .string, "A name of the zoo, or the path of an ONNX file."),
            SpecField("stacks", \.stacks, .oneOrMany(of: StackRequest.type), "The engines, which take turns."),
            SpecField("scenarios", \.scenarios, .oneOrMany(of: .enumeration), "The scenarios of load."),
            SpecField("batches", \.batches, .list(of: .int(1...4096), atLeast: 1), "Items in one run of the model."),
            SpecField(
                "samplesPerQuery", \.samplesPerQuery, .optional(.int(1...100_000)),
                "Samples in one query; 8 for multi-stream, otherwise those of a batch."),
            SpecField(
                "concurrency", \.concurrency, .int(1...ScenarioJob.mostServers),
                "Threads that answer queries, each with a session of its own."),
            SpecField("arrivals", \.arrivals, .enumeration, "How queries of the server scenario arrive."),
            SpecField(
                "rate", \.rate, .optional(.double(1e-3...1e8)),
                "Queries a second of the server scenario; half of what the engine can do where absent."),
            SpecField("burst", \.burst, .int(1...100_000), "Queries in one burst."),
            SpecField("trace", \.trace, .optional(.string), "A file of arrival times, in seconds, one a line."),
            SpecField("bound", \.bound, .optional(.duration), "The bound of the response time."),
            SpecField("percentile", \.percentile, .double(1...99.999), "The percentile that is judged, in percent."),
            SpecField("findRate", \.findRate, .bool, "Whether to search the highest rate that keeps the bound."),
            SpecField("precision", \.precision, .double(0.001...1), "How close the ends of the highest rate must be."),
            SpecField("duration", \.duration, .duration, "How long one run goes on at least."),
            SpecField("queries", \.queries, .optional(.int(1...5_000_000)), "How many queries a run answers at least."),
            SpecField("longest", \.longest, .duration, "How long one run goes on at most."),
            SpecField("rounds", \.rounds, .optional(.int(1...1000)), "Rounds in which all take their turn."),
            SpecField(
                "warmup", \.warmup, .duration,
                "The longest warm-up of a thread; it ends earlier when the run times have settled."),
            SpecField(
                "lateness", \.lateness, .double(0...1),
                "The largest share of the judged figure that may be the load generator's."),
            SpecField("kept", \.kept, .int(0...5_000_000), "Queries whose times are kept in the record."),
            SpecField(
                "inputs", \.inputs, .int(1...100_000), "Different samples, which runs of the model take in turn."),
        ] + sampleFields + [
            SpecField("seed", \.seed, .int(0...), "The seed of every random choice."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
        ], rules: [{ violation($0) }])

    /// The first rule between keys that a spec breaks; `nil` for one that can be carried out.
    public static func violation(_ spec: LoadSpec) -> SpecViolation? {
        if spec.findRate, spec.bound == nil {
            return SpecViolation(
                key: "findRate", "there is no bound to keep", remedy: "give a bound of the response time: 50 ms")
        }
        if spec.findRate, !spec.scenarios.contains(.server) {
            return SpecViolation(
                key: "findRate", "only the scenario server has a rate", remedy: "ask for the scenario server")
        }
        if (spec.arrivals == .trace) != (spec.trace != nil) {
            return SpecViolation(
                key: "arrivals", "a trace takes both the word 'trace' and a file", remedy: "give both, or neither")
        }
        if let violation = spec.sampleViolation { return violation }
        if spec.duration > spec.longest {
            return SpecViolation(
                key: "longest", "it is shorter than the least duration", remedy: "give a longer time")
        }
        return nil
    }
}

extension LoadSpec {
    /// The judged percentile as a share.
    var judged: Double { percentile / 100 }

    /// The percentiles that are told, as shares: the usual ones and the judged one.
    var told: [Double] { Set([0.5, 0.9, 0.95, 0.97, 0.99, 0.999, judged]).sorted() }

    /// The least number of queries of a run; what is told of samples that are all there at once is their rate.
    func leastQueries(_ scenario: LoadScenario) -> Int {
        queries ?? (scenario.isBounded ? EarlyStopping(percentile: judged)?.minimumQueries(overLatency: 1) : 20) ?? 100
    }

    /// Rounds in which all take their turn.
    var turns: Int { rounds ?? (batches.count > 1 ? 5 : 1) }

    /// Samples in a query of a scenario at a batch.
    func samples(_ scenario: LoadScenario, batch: Int) -> Int {
        samplesPerQuery ?? (scenario == .multiStream ? 8 : batch)
    }
}

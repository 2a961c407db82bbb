public import Engines
public import Specs

/// What `assay cost` is asked: which model, which systems in which configurations, and what a single thread is held to be.
public struct CostSpec: Sendable {
    /// The model: a name of the zoo or the path of an ONNX file.
    public var model = ""
    /// Shapes of inputs that the model leaves open.
    public var shapes: [SpecNamed<[Int]>] = []
    /// The systems whose COST is asked for.
    public var stacks: [StackRequest] = StackRequest.defaults
    /// The engines that the single thread is chosen from, by measurement; all where empty.
    public var against: [StackRequest] = []
    /// Thread counts of one worker.
    public var threads = [1, 2, 4]
    /// Numbers of workers that run side by side.
    public var workers = [1]
    /// The machines: the first alone, the first two together and so on run the workers of each configuration.
    public var machines = [StackPlace.here]
    /// The response time of scheduled arrivals that a configuration must hold; none, and a closed loop, where `nil`.
    public var bound: Duration?
    /// The percentile of the response time that the bound is held against.
    public var percentile = 99.0
    /// The share by which the ends of the interval of one highest rate may differ.
    public var precision = 0.05
    /// How long one rate is tried at most.
    public var longest = Duration.seconds(60)
    /// Fresh processes of each configuration.
    public var processes = 5
    /// Rounds in which all configurations take their turns, in each process; one with a bound.
    public var rounds = 3
    /// How long one configuration runs in its turn of a closed loop.
    public var burst = Duration.milliseconds(200)
    /// How long a worker runs at most until its run times have settled; before that nothing is kept.
    public var warmup = Duration.milliseconds(200)
    /// The confidence level of each system's answer.
    public var level = 0.95
    /// The price of an hour by the number of threads; under `each`, that of one thread.
    public var prices: [SpecNamed<Double>] = []
    /// What prices are in.
    public var currency = "USD"
    /// The name under which a price or power is that of one thread.
    public static let each = "each"
    /// The power in watts by the number of threads; under `each`, that of one thread.
    public var power: [SpecNamed<Double>] = []
    /// The seed of inputs and of the order of turns.
    public var seed = 1
    /// How long an engine may take before it is ended.
    public var limits = LimitSpec()

    /// Makes the defaults.
    public init() {}
}

extension CostSpec {
    /// The JSON Schema (draft 2020-12) of the YAML form.
    public static var jsonSchema: String {
        spec.jsonSchema(identifier: "https://assay.invalid/schemas/cost.schema.json", title: "assay.cost/1").json
    }

    /// The YAML form of the question.
    public static let spec = SpecObject(
        "cost", "Which systems, in which configurations, against which single thread.", initial: CostSpec(),
        [
            .required("model", \.model, .string, "A name of the zoo, or the path of an ONNX file."),
            .shapes(\.shapes),
            SpecField("stacks", \.stacks, .oneOrMany(of: StackRequest.type), "The systems whose COST is asked for."),
            SpecField(
                "against", \.against, .list(of: StackRequest.type),
                "The engines that the single thread is chosen from, by measurement; all where empty."),
            SpecField("threads", \.threads, .list(of: .int(1...1024), atLeast: 1), "Thread counts of one worker."),
            SpecField(
                "workers", \.workers, .list(of: .int(1...256), atLeast: 1), "Numbers of workers side by side."),
            SpecField(
                "machines", \.machines, StackPlace.listType,
                "The machines that run so many workers each: the first alone, the first two together, and so on."),
            SpecField(
                "bound", \.bound, .optional(.duration),
                "The response time of scheduled arrivals that a configuration must hold."),
            SpecField("percentile", \.percentile, .double(1...99.99), "The percentile that the bound is held against."),
            SpecField(
                "precision", \.precision, .double(0.001...1), "How close the ends of one highest rate must be."),
            SpecField("longest", \.longest, .duration, "How long one rate is tried at most."),
            SpecField("processes", \.processes, .int(1...1000), "Fresh processes of each configuration."),
            SpecField("rounds", \.rounds, .int(1...1000), "Rounds of a closed loop in each process."),
            SpecField("burst", \.burst, .duration, "How long one configuration runs in its turn of a closed loop."),
            SpecField(
                "warmup", \.warmup, .duration,
                "How long a worker runs at most until its run times have settled; before that nothing is kept."),
            SpecField("level", \.level, .double(0.5...0.9999), "The confidence level of each system's answer."),
            SpecField(
                "prices", \.prices, .map(of: .double(0...1e9)),
                "The price of an hour by the number of threads; under `each`, that of one thread."),
            SpecField("currency", \.currency, .literal, "What prices are in."),
            SpecField(
                "power", \.power, .map(of: .double(0...1e9)),
                "The power in watts by the number of threads; under `each`, that of one thread."),
            SpecField("seed", \.seed, .int(0...), "The seed of inputs and of the order of turns."),
            SpecField("limits", \.limits, LimitSpec.spec.type, "How long an engine may take before it is ended."),
        ])
}

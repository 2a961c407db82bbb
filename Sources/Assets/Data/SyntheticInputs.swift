public import Specs
public import Tensors

/// Seeded random inputs of given shapes: for speed, where no answer is judged.
public struct SyntheticInputs: DataSource {
    /// One input of the model.
    public struct Input: Sendable, Hashable {
        /// The element type.
        public var type: ElementType
        /// The shape of a sample, without the batch axis.
        public var shape: Shape
        /// The least value.
        public var low: Double
        /// The greatest value; reals stay below it.
        public var high: Double

        /// Makes an input.
        public init(type: ElementType, shape: Shape, low: Double = 0, high: Double = 1) {
            self.type = type
            self.shape = shape
            self.low = low
            self.high = high
        }
    }

    /// The inputs by their names.
    public var inputs: [SpecNamed<Input>]
    /// How many samples there are.
    public var count: Int
    /// The seed of SplitMix64.
    public var seed: Int

    /// Makes the source.
    public init(inputs: [SpecNamed<Input>], count: Int, seed: Int) {
        self.inputs = inputs
        self.count = count
        self.seed = seed
    }

    private static let input = SpecObject(
        "syntheticInput", "Uniform random values for one input.", initial: Input(type: .float32, shape: []),
        [
            .required("type", \.type, ConvertType.elements, "The element type."),
            .required(
                "shape", \.shape,
                SpecType<[Int]>.list(of: .int(1...)).mapped(to: { Shape($0) }, from: \.dimensions),
                "The shape of a sample, without the batch axis."),
            SpecField("low", \.low, .double, "The least value."),
            SpecField("high", \.high, .double, "The greatest value; reals stay below it."),
        ],
        rules: [{ $0.low <= $0.high ? nil : SpecViolation(key: "high", "high is below low") }])

    /// The parameters.
    public static let spec = SpecObject(
        "synthetic", "Seeded uniform random inputs: for speed, where no answer is judged.",
        initial: SyntheticInputs(inputs: [], count: 1, seed: 0),
        [
            .required("inputs", \.inputs, .map(of: input.type), "The inputs by their names."),
            .required("count", \.count, .int(1...1_000_000), "How many samples there are."),
            .required("seed", \.seed, .int(0...), "The seed; the same one gives the same values on every machine."),
        ])

    /// Makes the data set; values are drawn when a sample is fetched.
    public func open(relativeTo folder: String) throws(AssetError) -> any DataSet {
        guard count > 0, !inputs.isEmpty else {
            throw DataPath.empty("data 'synthetic'", "it has no inputs or no samples", remedy: "state both")
        }
        for input in inputs {
            guard let elements = input.value.shape.checkedElementCount, elements <= 1 << 28 else {
                throw AssetError(
                    .limitExceeded, subject: "data 'synthetic', input '\(input.name)'",
                    reason: "its shape \(input.value.shape) has too many elements")
            }
        }
        return SyntheticDataSet(source: self)
    }
}

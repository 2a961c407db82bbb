public import Graphs

/// A model made at random, with what to feed it.
public struct RandomGraph: Sendable {
    /// The seed that makes it again.
    public var seed: UInt64
    /// The model: valid, and run once by the reference kernels when it was made.
    public var model: Model
    /// What to feed, by input name; inputs with defaults may be absent.
    public var inputs: [String: Value]

    /// What the reference kernels give.
    ///
    /// - Throws: `OperatorError`, which would be a mistake of the generator.
    public func outputs() throws(OperatorError) -> [String: Value] {
        try PreparedInterpreter(model).run(values: inputs)
    }

    /// The graph of a seed.
    ///
    /// Graphs that magnify rounding are not given: a change of each rounded value by half a millionth may change no output
    /// by more than a twenty-thousandth of its largest element, since such graphs would tell nothing about a rewriting.
    /// Then the next graph of the seed's sequence is taken.
    public init(seed: UInt64) {
        var attempt: UInt64 = 0
        while true {
            var builder = RandomGraphBuilder(seed: seed &* 0x9E37_79B9 &+ attempt &* 0x85EB_CA6B_0000_0001)
            if let graph = builder.build(seed: seed) {
                self = graph
                return
            }
            attempt &+= 1
        }
    }

    init(seed: UInt64, model: Model, inputs: [String: Value]) {
        self.seed = seed
        self.model = model
        self.inputs = inputs
    }
}

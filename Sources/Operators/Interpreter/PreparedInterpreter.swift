public import Graphs
public import Tensors

/// A model made ready to run on the reference kernels: operators, constants and last uses are found once, and then it
/// runs any number of times, from any thread.
public struct PreparedInterpreter: Sendable {
    private let program: Program
    private let provided: Set<String>

    /// Prepares a model.
    ///
    /// - Parameters:
    ///   - taps: values of the main graph that every run returns besides the outputs.
    ///   - types: what an inference knows of the model, for `choice` to choose by.
    ///   - choice: chooses faster kernels for some nodes.
    /// - Throws: `OperatorError` where an operator is unknown, a node breaks its signature, or a value is read that
    ///   nothing writes.
    public init(
        _ model: Model, catalogue: OperatorCatalogue = .standard, taps: [String] = [], types: TypedModel? = nil,
        choice: KernelChoice? = nil
    ) throws(OperatorError) {
        let compiler = ProgramCompiler(model, catalogue: catalogue, types: types, choice: choice)
        let name = model.graph.name.isEmpty ? "main" : model.graph.name
        program = try compiler.compile(
            model.graph, in: ProgramCompiler.Context(opsets: model.opsets, path: "graph \(name)"), kept: taps)
        provided = Set(model.graph.initializers.map(\.name)).union(model.graph.sparseInitializers.map(\.name))
    }

    /// Runs the model on tensors by input name.
    ///
    /// - Returns: the outputs and taps by name.
    /// - Throws: `OperatorError` where an input is missing, unknown, or of another type or shape, and what the nodes throw.
    public func run(_ inputs: [String: Tensor]) throws(OperatorError) -> [String: Value] {
        try run(values: inputs.mapValues(Value.tensor))
    }

    /// Runs the model on values by input name.
    ///
    /// - Parameter observer: is told of every call.
    /// - Returns: the outputs and taps by name.
    /// - Throws: `OperatorError` where an input is missing, unknown, or of another type or shape, and what the nodes throw.
    public func run(
        values inputs: [String: Value], observer: (any CallObserver)? = nil
    ) throws(OperatorError) -> [String: Value] {
        try InputCheck(inputs: program.inputs.map(\.info), provided: provided).check(inputs)
        let results = try program.run(
            inputs: program.inputs.map { inputs[$0.info.name] }, captured: [], observer: observer)
        return Dictionary(zip(program.outputs.map(\.name), results), uniquingKeysWith: { first, _ in first })
    }
}

public import Graphs
public import Tensors

/// Runs models on the reference kernels.
public struct ReferenceInterpreter: Sendable {
    /// The operators it knows.
    public var catalogue: OperatorCatalogue

    /// Makes an interpreter.
    public init(catalogue: OperatorCatalogue = .standard) { self.catalogue = catalogue }

    /// Prepares a model and runs it once.
    ///
    /// - Parameters:
    ///   - inputs: tensors by input name.
    ///   - taps: values of the main graph to return besides the outputs.
    /// - Returns: the outputs and taps by name.
    /// - Throws: `OperatorError` with the node path.
    public func run(
        _ model: Model, inputs: [String: Tensor], taps: [String] = []
    ) throws(OperatorError) -> [String: Value] {
        try PreparedInterpreter(model, catalogue: catalogue, taps: taps).run(inputs)
    }
}

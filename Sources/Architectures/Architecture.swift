public import Graphs
public import Tensors

/// A network that is built from named weights.
public protocol Architecture: Sendable {
    /// The name of the network, which the graph bears too.
    var name: String { get }

    /// Builds the network for inference, with a free batch dimension `N`.
    ///
    /// - Parameter weights: the tensors of a checkpoint, under the names that its origin gave them.
    /// - Throws: `ArchitectureError` that names every weight that is missing, left over, or of another shape.
    func build(from weights: [String: Tensor]) throws(ArchitectureError) -> Model
}

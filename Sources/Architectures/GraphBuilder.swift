import Graphs
import Tensors

/// Builds an image network layer by layer.
///
/// A node is named as the layer is in its checkpoint, its output bears the node's name, and weights keep theirs; so a
/// tensor in the file leads back to the tensor in the checkpoint. The operator set is 13 and the IR version 7, which every
/// engine since 2020 reads.
struct GraphBuilder {
    private static let operatorSet = 13
    private static let irVersion = 7

    /// The weights, and the account of their use.
    var weights: WeightReader
    private let network: String
    private var graph: Graph
    private var hasClipBounds = false

    /// Starts a network.
    init(network: String, weights: WeightReader) {
        self.network = network
        self.weights = weights
        graph = Graph(name: network)
    }

    /// Declares the input `[N, channels, height, width]`, f32.
    mutating func input(_ name: String, channels: Int, height: Int, width: Int) -> FeatureMap {
        let shape: SymbolicShape = [.symbol("N"), .fixed(channels), .fixed(height), .fixed(width)]
        graph.inputs.append(ValueInfo(name, .tensor(.float32, shape)))
        return FeatureMap(name: name, channels: channels, height: height, width: width)
    }

    /// Closes the network with one output `[N, features]`.
    ///
    /// - Throws: `ArchitectureError` of code `weightMismatch`.
    consuming func finish(_ output: FeatureVector, documentation: String) throws(ArchitectureError) -> Model {
        try weights.close(network: network)
        graph.outputs = [ValueInfo(output.name, .tensor(.float32, [.symbol("N"), .fixed(output.features)]))]
        return Model(
            irVersion: GraphBuilder.irVersion, opsets: ["": GraphBuilder.operatorSet], graph: graph,
            producerName: "assay", documentation: documentation)
    }

    /// Adds a constant.
    mutating func constant(_ name: String, _ tensor: Tensor) {
        graph.initializers.append(Initializer(name: name, tensor: tensor))
    }

    /// Adds a node whose one output bears its name.
    mutating func node(
        _ operatorType: String, _ name: String, inputs: [String], attributes: [Attribute] = []
    ) {
        graph.nodes.append(
            Node(operatorType, inputs: inputs, outputs: [name], attributes: attributes, name: name))
    }

    /// Adds the constants 0 and 6 once, for the layers that clip to them.
    mutating func clipBounds() -> [String] {
        if !hasClipBounds {
            constant("clip.min", Tensor(scalar: Float(0)))
            constant("clip.max", Tensor(scalar: Float(6)))
            hasClipBounds = true
        }
        return ["clip.min", "clip.max"]
    }
}

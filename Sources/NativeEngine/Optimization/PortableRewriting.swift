import Graphs
import Operators

/// The portable passes that serve this engine, run once when a model is prepared.
///
/// What only helps engines with a kernel of that name (attention as one node) is left out.
enum PortableRewriting {
    private static let names = [
        "dead-code", "if-inlining", "identity-elimination", "constant-folding", "shape-folding", "layer-normalization",
        "rms-normalization", "gelu", "activations", "algebraic-simplification", "reshape-merging", "pad-folding",
        "batchnorm-folding", "linear-folding", "gemm-fusion",
    ]
    /// What recognised patterns may need; this engine runs every operator set.
    private static let newestOpset = 24
    /// A constant of more elements is left to the run: it would cost more memory than time.
    private static let foldingLimit = 1 << 26
    /// Passes find nearly all in the first round.
    private static let rounds = 2

    /// The model rewritten into an equal one with fewer nodes, calls of its own functions written out.
    ///
    /// - Parameter quantization: what puts quantised kernels in the place of real operators; `nil` where there are none.
    static func rewritten(
        _ model: Model, catalogue: OperatorCatalogue, quantization: QuantizationFusion?
    ) -> Model {
        var context = PassContext(catalogue: catalogue, maximumOpset: newestOpset)
        context.foldingLimit = foldingLimit
        // Quantised kernels have taken the bytes that they read.
        context.foldsQuantization = true
        context.mixesVersions = true
        var model = model
        // Nobody can feed what has a default.
        model.graph.inputs = model.graph.requiredInputs
        if let quantization, quantization.concerns(model) {
            // Products go on with this function, once it is a node.
            let recognised = PassPipeline(["gelu"].compactMap(PassCatalogue.standard.find), context: context).run(model)
            model = quantization.apply(to: recognised.model)
        }
        var pipeline = PassPipeline(names.compactMap(PassCatalogue.standard.find), context: context)
        pipeline.maximumRounds = rounds
        return pipeline.run(withInitializers((try? model.inlined()) ?? model)).model
    }

    /// Tensors that nodes hold become initializers, of whatever size: weights are weights however a model writes them.
    private static func withInitializers(_ model: Model) -> Model {
        var model = model
        let held = model.graph.nodes.map { node -> Initializer? in
            guard node.operatorType == "Constant", node.domain.isEmpty, let name = node.outputs.first,
                case .tensor(let tensor)? = node.attribute("value")
            else { return nil }
            return Initializer(name: name, tensor: tensor)
        }
        guard held.contains(where: { $0 != nil }) else { return model }
        model.graph.nodes = zip(model.graph.nodes, held).filter { $1 == nil }.map(\.0)
        model.graph.initializers += held.compactMap { $0 }
        return model
    }
}

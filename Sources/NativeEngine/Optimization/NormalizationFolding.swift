import Graphs
import Operators
import Tensors

/// Folds normalisations by fixed statistics into the weights of the convolutions that alone they read.
///
/// With f = scale / √(variance + ε): f · (w ∗ x + b − mean) + shift = (f · w) ∗ x + (f · (b − mean) + shift).
enum NormalizationFolding {
    static func apply(to optimized: inout OptimizedModel, catalogue: OperatorCatalogue) {
        let (uses, producers) = (optimized.uses, optimized.producers)
        var names = FreshNames(optimized.model)
        var removed: Set<Int> = []
        for (index, site) in optimized.sites.enumerated() {
            guard let epsilon = epsilon(site, catalogue), let name = site.node.inputs.first, uses[name] == 1,
                let producer = producers[name], let folded = FoldedConvolution(optimized.sites[producer], site, epsilon)
            else { continue }
            var node = optimized.model.graph.nodes[producer]
            let base = node.name.isEmpty ? name : node.name
            let (weights, bias) = (names.make(base + "_folded_weights"), names.make(base + "_folded_bias"))
            optimized.model.graph.initializers += [
                Initializer(name: weights, tensor: folded.weights), Initializer(name: bias, tensor: folded.bias),
            ]
            node.inputs = [node.inputs[0], weights, bias]
            node.outputs = [site.node.outputs[0]]
            optimized.replace(producer, by: node)
            optimized.sites[producer].operands = [
                optimized.sites[producer].operands[0], operand(folded.weights), operand(folded.bias),
            ]
            removed.insert(index)
        }
        optimized.remove(removed)
    }

    /// The ε of a normalisation by given statistics; `nil` for any other node.
    private static func epsilon(_ site: CallSite, _ catalogue: OperatorCatalogue) -> Float? {
        guard let target = catalogue.find(domain: site.node.domain, name: site.node.operatorType),
            case .batchNormalization(let epsilon)? = target.lowering(site)?.kernel,
            site.node.outputs.count(where: { !$0.isEmpty }) == 1
        else { return nil }
        return epsilon
    }

    private static func operand(_ tensor: Tensor) -> CallSite.Operand {
        CallSite.Operand(type: .tensor(tensor.elementType, SymbolicShape(tensor.shape)), constant: tensor)
    }
}

/// The weights and bias of a convolution that normalises too.
private struct FoldedConvolution {
    let weights: Tensor
    let bias: Tensor

    /// `nil` where the node is no convolution, or where weights or statistics are fed or are not `f32`.
    init?(_ convolution: CallSite, _ normalization: CallSite, _ epsilon: Float) {
        guard convolution.node.domain.isEmpty, convolution.node.operatorType == "Conv",
            convolution.operands.count >= 2, let weights = convolution.operands[1]?.constant,
            weights.elementType == .float32, weights.shape.rank >= 3, let values = try? weights.floats()
        else { return nil }
        let channels = weights.shape[0]
        var statistics: [[Double]] = []
        for index in 1...4 {
            guard let tensor = normalization.operands[index]?.constant, tensor.elementCount == channels,
                let numbers = try? tensor.doubles()
            else { return nil }
            statistics.append(numbers)
        }
        var old = [Double](repeating: 0, count: channels)
        if convolution.operands.count > 2, let operand = convolution.operands[2] {
            guard let numbers = try? operand.constant?.doubles(), numbers.count == channels else { return nil }
            old = numbers
        }
        let factors = (0..<channels).map { statistics[0][$0] / (statistics[3][$0] + Double(epsilon)).squareRoot() }
        let shifts = (0..<channels).map { Float(factors[$0] * (old[$0] - statistics[2][$0]) + statistics[1][$0]) }
        let perChannel = channels == 0 ? 0 : values.count / channels
        let scaled = values.indices.map { Float(Double(values[$0]) * factors[$0 / perChannel]) }
        guard let folded = try? Tensor(scaled, shape: weights.shape), factors.allSatisfy(\.isFinite) else { return nil }
        self.weights = folded
        bias = Tensor(shifts)
    }
}

import Graphs
import Tensors

/// Folds normalisation by fixed statistics into the weights of the layer that alone it reads.
///
/// With f = scale / √(variance + ε): f · (y − mean) + shift = f · y + (shift − f · mean).
struct BatchNormFolding: RegionPass {
    let name = "batchnorm-folding"
    let summary =
        "fold BatchNormalization in inference into the weights of Conv, ConvTranspose, Gemm or MatMul before it"

    func rewrite(_ region: inout Region) {
        for index in region.indices {
            guard let node = region.call(index, "BatchNormalization"), let result = node.outputs.first,
                Self.isInference(node, region), let source = node.input(0),
                let layer = WeightedLayer(producing: source, region), layer.ownsWeights(region),
                layer.takesBias(region), let (scale, shift) = Self.affine(node, layer.channels, region),
                layer.fold(scale: scale, shift: shift, into: result, &region)
            else { continue }
            region.remove(index)
            region.noteRewrite()
        }
    }

    private static func isInference(_ node: Node, _ region: Region) -> Bool {
        node.outputs.dropFirst().allSatisfy(\.isEmpty)
            && node.int("training_mode", default: 0) == 0 && node.int("spatial", default: 1) == 1
    }

    /// The factor and the summand of each channel.
    private static func affine(_ node: Node, _ channels: Int, _ region: Region) -> ([Double], [Double])? {
        var statistics: [[Double]] = []
        for place in 1...4 {
            guard let name = node.input(place), let tensor = region.constant(name), tensor.shape == [channels],
                let values = try? tensor.doubles()
            else { return nil }
            statistics.append(values)
        }
        let epsilon = Double(node.float("epsilon", default: 1e-5))
        let factors = (0..<channels).map { statistics[0][$0] / (statistics[3][$0] + epsilon).squareRoot() }
        guard factors.allSatisfy(\.isFinite) else { return nil }
        return (factors, (0..<channels).map { statistics[1][$0] - factors[$0] * statistics[2][$0] })
    }
}

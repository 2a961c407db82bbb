import Graphs
import Tensors

/// A convolution or matrix product with constant weights, into which what is done to its channels can be folded.
struct WeightedLayer {
    /// The node.
    let index: Int
    /// The name of its result.
    let output: String
    /// The number of channels that it gives.
    let channels: Int
    /// The rank of the result, where it is known.
    let rank: Int?

    private let node: Node
    private let weights: Tensor
    private let bias: [Double]
    private let isConvolution: Bool

    /// `nil` where the value is not the result of such a node, is read more than once, or weights or bias are fed.
    init?(producing value: String, _ region: Region) {
        guard region.isReadOnce(value),
            let found = region.producer(of: value, "Conv", "ConvTranspose", "Gemm", "MatMul"),
            let name = found.node.input(1), let weights = region.constant(name), weights.elementCount > 0,
            weights.elementType == .float32 || weights.elementType == .float64, found.node.onlyOutput != nil,
            region.constant(found.node.inputs[0]) == nil
        else { return nil }
        (index, output, node, self.weights) = (found.index, value, found.node, weights)
        isConvolution = node.operatorType.hasPrefix("Conv")
        guard let channels = WeightedLayer.channels(node, weights.shape) else { return nil }
        self.channels = channels
        rank = isConvolution ? weights.shape.rank : region.shape(value)?.dimensions.count
        guard let bias = WeightedLayer.bias(node, channels, region) else { return nil }
        self.bias = bias
    }

    /// True where nothing else reads the weights, so that changing them costs no memory.
    func ownsWeights(_ region: Region) -> Bool { region.useCount(node.inputs[1]) == 1 }

    /// True where the layer has a place for a bias.
    func takesBias(_ region: Region) -> Bool { node.operatorType != "MatMul" || rank == 2 }

    private static func channels(_ node: Node, _ shape: Shape) -> Int? {
        switch node.operatorType {
        case "Conv": return shape.rank >= 3 ? shape[0] : nil
        case "ConvTranspose":
            let groups = node.int("group", default: 1)
            guard shape.rank >= 3, groups > 0, shape[0] % groups == 0 else { return nil }
            return shape[1] * groups
        case "Gemm": return shape.rank == 2 ? shape[node.int("transB", default: 0) == 0 ? 1 : 0] : nil
        default: return shape.rank == 2 ? shape[1] : nil
        }
    }

    /// What the layer adds to each channel; `nil` where that is not constant or differs along other axes.
    private static func bias(_ node: Node, _ channels: Int, _ region: Region) -> [Double]? {
        guard node.operatorType != "MatMul", let name = node.input(2) else {
            return [Double](repeating: 0, count: channels)
        }
        guard let tensor = region.constant(name), let values = try? tensor.doubles(),
            tensor.shape.dimensions.dropLast().allSatisfy({ $0 == 1 })
        else { return nil }
        let beta = node.operatorType == "Gemm" ? Double(node.float("beta", default: 1)) : 1
        if values.count == channels { return values.map { $0 * beta } }
        return values.count == 1 ? [Double](repeating: values[0] * beta, count: channels) : nil
    }

    /// Lets the layer compute `scale · y + shift` by channel, where `y` was its result, and write another value.
    ///
    /// - Returns: false, with nothing changed, where a number would leave the range of the weights' type.
    func fold(scale: [Double]?, shift: [Double]?, into result: String, _ region: inout Region) -> Bool {
        var folded = node.with(output: result)
        if let scale {
            guard scale.allSatisfy({ $0.isFinite }), let scaled = scaled(by: scale) else { return false }
            folded.inputs[1] = region.addConstant(scaled, base: node.inputs[1] + "_folded")
        }
        let shifted = bias.indices.map { bias[$0] * (scale?[$0] ?? 1) + (shift?[$0] ?? 0) }
        if node.input(2) != nil || shift != nil {
            guard let tensor = try? Tensor(shifted).converted(to: weights.elementType),
                let values = try? tensor.doubles(), values.allSatisfy(\.isFinite)
            else { return false }
            folded.inputs = Array(folded.inputs.prefix(2)) + [region.addConstant(tensor, base: result + "_bias")]
            if node.operatorType == "MatMul" { folded.operatorType = "Gemm" }
            if folded.operatorType == "Gemm" { folded.attributes.removeAll { $0.name == "beta" } }
        }
        region.replace(index, by: folded)
        return true
    }

    /// The weights of each channel times its factor; `nil` where one is no longer finite.
    private func scaled(by factors: [Double]) -> Tensor? {
        if node.operatorType == "Conv", weights.elementType == .float32 { return scaledRows(by: factors) }
        guard var values = try? weights.doubles() else { return nil }
        let shape = weights.shape
        switch node.operatorType {
        case "Conv": multiply(&values, factors) { $0 / max(1, shape.elementCount / max(1, shape[0])) }
        case "ConvTranspose":
            let window = shape.dimensions.dropFirst(2).extentProduct
            let perGroup = shape[0] / max(1, channels / max(1, shape[1]))
            multiply(&values, factors) { element in
                let (input, output) = (element / window / shape[1], element / window % shape[1])
                return input / perGroup * shape[1] + output
            }
        default:
            let isTurned = node.operatorType == "Gemm" && node.int("transB", default: 0) != 0
            multiply(&values, factors) { isTurned ? $0 / shape[1] : $0 % shape[1] }
        }
        guard let tensor = try? Tensor(values, shape: shape).converted(to: weights.elementType),
            let rounded = try? tensor.doubles(), rounded.allSatisfy(\.isFinite)
        else { return nil }
        return tensor
    }

    /// The same for the weights of a convolution, a row for each channel: most of the weights that models have.
    private func scaledRows(by factors: [Double]) -> Tensor? { weights.scalingRows(by: factors.map { Float($0) }) }

    private func multiply(_ values: inout [Double], _ factors: [Double], _ channel: (Int) -> Int) {
        for element in values.indices { values[element] *= factors[channel(element)] }
    }

    /// What a constant that is added to or multiplied with the result holds for each channel; `nil` where it differs along
    /// other axes or stretches the result.
    func perChannel(_ constant: Tensor) -> [Double]? {
        guard constant.elementType == weights.elementType, let values = try? constant.doubles() else { return nil }
        if constant.elementCount == 1 {
            guard constant.shape.rank <= (rank ?? 0) || constant.shape.rank == 0 else { return nil }
            return [Double](repeating: values[0], count: channels)
        }
        guard constant.elementCount == channels, constant.shape.rank <= (rank ?? 1) else { return nil }
        // Counted from the end, since shapes are aligned there.
        let fromEnd = isConvolution ? (rank ?? 0) - 1 : 1
        guard constant.shape.rank >= fromEnd, fromEnd > 0,
            constant.shape[constant.shape.rank - fromEnd] == channels
        else { return nil }
        return values
    }
}

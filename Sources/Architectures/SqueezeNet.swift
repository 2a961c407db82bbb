public import Graphs
public import Tensors

/// SqueezeNet 1.1 (Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and <0.5MB model size",
/// 2016, and the authors' release 1.1), from kernels in the order rows, columns, input, output channels.
///
/// Every layer has two weights: `NAME.0`, the kernel, and `NAME.1`, the bias.
public struct SqueezeNet: Architecture {
    /// `SqueezeNet-1.1`.
    public let name = "SqueezeNet-1.1"
    /// Classes that are told apart.
    public let classes: Int
    /// Rows and columns of the input.
    public let resolution: Int

    /// Channels of the 1×1 layer that squeezes, and of each of the two that expand, for fire modules 2 to 9.
    private static let fires = [
        (16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256),
    ]

    /// Describes a network.
    public init(classes: Int = 1000, resolution: Int = 227) {
        self.classes = classes
        self.resolution = resolution
    }

    /// Builds the network; the input `image` is BGR minus the mean, unscaled, and the output are probabilities.
    public func build(from weights: [String: Tensor]) throws(ArchitectureError) -> Model {
        guard resolution >= 32, classes >= 1 else {
            throw ArchitectureError(
                .invalidConfiguration, subject: name, reason: "resolution \(resolution), \(classes) classes",
                remedy: "the resolution is at least 32, and there is at least one class")
        }
        var builder = GraphBuilder(network: name, weights: WeightReader(weights))
        var map = builder.input("image", channels: 3, height: resolution, width: resolution)
        map = layer(&builder, map, "conv1", .init(channels: 64, kernel: 3, stride: 2))
        map = builder.maxPool(map, "pool1", kernel: 3, stride: 2)
        for (index, (squeezed, expanded)) in SqueezeNet.fires.enumerated() {
            map = fire(&builder, map, "fire\(index + 2)", squeezed: squeezed, expanded: expanded)
            if index == 1 || index == 3 {
                map = builder.maxPool(map, "pool\(index + 2)", kernel: 3, stride: 2)
            }
        }
        map = layer(&builder, map, "conv10", .init(channels: classes, kernel: 1))
        let features = builder.globalAveragePool(map, "pool10")
        let probabilities = builder.softmax(features, "probabilities")
        return try builder.finish(
            probabilities, documentation: "SqueezeNet 1.1 (Iandola et al. 2016), built from a checkpoint.")
    }

    private func fire(
        _ builder: inout GraphBuilder, _ input: FeatureMap, _ name: String, squeezed: Int, expanded: Int
    ) -> FeatureMap {
        let squeeze = layer(&builder, input, "\(name)/squeeze1x1", .init(channels: squeezed, kernel: 1))
        let narrow = layer(&builder, squeeze, "\(name)/expand1x1", .init(channels: expanded, kernel: 1))
        let wide = layer(
            &builder, squeeze, "\(name)/expand3x3", .init(channels: expanded, kernel: 3, padding: .symmetric(1)))
        return builder.concatenate([narrow, wide], "\(name)/concat")
    }

    private func layer(
        _ builder: inout GraphBuilder, _ input: FeatureMap, _ name: String, _ convolution: GraphBuilder.Convolution
    ) -> FeatureMap {
        let shape: Shape = [convolution.kernel, convolution.kernel, input.channels, convolution.channels]
        let kernel = builder.weights.take("\(name).0", shape: shape)
        builder.constant("\(name).weight", KernelLayout.outputChannelsFirst(kernel))
        builder.constant("\(name).bias", builder.weights.take("\(name).1", shape: [convolution.channels]))
        let map = builder.addConvolution(
            input, name, convolution, parameters: ["\(name).weight", "\(name).bias"])
        return builder.relu(map, "\(name).relu")
    }
}

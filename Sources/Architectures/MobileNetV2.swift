public import Graphs
public import Tensors

/// MobileNetV2 (Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018, table 2), with the weight
/// names of torchvision.
public struct MobileNetV2: Architecture {
    /// `MobileNetV2`.
    public let name = "MobileNetV2"
    /// Classes that are told apart.
    public let classes: Int
    /// Rows and columns of the input.
    public let resolution: Int
    /// What the channel counts of the paper are multiplied by.
    public let width: Double

    /// One row of the paper's table: expansion, output channels, repetitions, stride of the first.
    private static let stages = [
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1),
    ]
    private static let epsilon: Float = 1e-5

    /// Describes a network.
    public init(classes: Int = 1000, resolution: Int = 224, width: Double = 1) {
        self.classes = classes
        self.resolution = resolution
        self.width = width
    }

    /// Builds the network; the input `image` is RGB, normalised, `[N, 3, resolution, resolution]`, the output logits.
    public func build(from weights: [String: Tensor]) throws(ArchitectureError) -> Model {
        guard resolution >= 32, classes >= 1, width > 0, width <= 16 else {
            throw ArchitectureError(
                .invalidConfiguration, subject: name,
                reason: "resolution \(resolution), \(classes) classes, width \(width)",
                remedy: "the resolution is at least 32, and there is at least one class")
        }
        var reader = WeightReader(weights)
        reader.ignore { $0.hasSuffix(".num_batches_tracked") }
        var builder = GraphBuilder(network: name, weights: reader)
        var map = builder.input("image", channels: 3, height: resolution, width: resolution)
        map = stem(&builder, map)
        var index = 1
        for (expansion, channels, repetitions, stride) in MobileNetV2.stages {
            for repetition in 0..<repetitions {
                let block = InvertedResidual(
                    expansion: expansion, channels: ChannelRounding.scaled(channels, by: width),
                    stride: repetition == 0 ? stride : 1, epsilon: MobileNetV2.epsilon)
                map = block.add(to: &builder, map, "features.\(index)")
                index += 1
            }
        }
        map = head(&builder, map, "features.\(index)")
        let features = builder.globalAveragePool(map, "pool")
        let logits = builder.linear(features, "classifier.1", features: classes, output: "logits")
        return try builder.finish(
            logits,
            documentation: "MobileNetV2 (Sandler et al. 2018), built from a checkpoint with torchvision's names.")
    }

    private func stem(_ builder: inout GraphBuilder, _ input: FeatureMap) -> FeatureMap {
        let channels = ChannelRounding.scaled(32, by: width)
        var map = builder.convolution(
            input, "features.0.0", .init(channels: channels, kernel: 3, stride: 2, padding: .symmetric(1)))
        map = builder.batchNormalization(map, "features.0.1", epsilon: MobileNetV2.epsilon)
        return builder.relu6(map, "features.0.2")
    }

    private func head(_ builder: inout GraphBuilder, _ input: FeatureMap, _ name: String) -> FeatureMap {
        let channels = ChannelRounding.scaled(1280, by: max(1, width))
        var map = builder.convolution(input, "\(name).0", .init(channels: channels, kernel: 1))
        map = builder.batchNormalization(map, "\(name).1", epsilon: MobileNetV2.epsilon)
        return builder.relu6(map, "\(name).2")
    }
}

public import Graphs
public import Tensors

/// EfficientNet-Lite: EfficientNet (Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural
/// Networks", 2019) without squeeze-and-excitation, with ReLU6 for swish, and with unscaled stem, head, first and last
/// stage; padded as TensorFlow pads.
public struct EfficientNetLite: Architecture {
    /// The published sizes.
    public enum Size: Int, Sendable, Hashable, Codable, CaseIterable {
        case lite0
        case lite1
        case lite2

        /// What channel counts are multiplied by.
        var width: Double { self == .lite2 ? 1.1 : 1 }

        /// What repetitions are multiplied by.
        var depth: Double { [1, 1.1, 1.2][rawValue] }

        /// Rows and columns of the input that it was trained at.
        public var resolution: Int { [224, 240, 260][rawValue] }
    }

    /// One row of table 1 of the paper: kernel, stride of the first, expansion, output channels, repetitions.
    private struct Stage {
        var kernel: Int
        var stride: Int
        var expansion: Int
        var channels: Int
        var repetitions: Int
        var isScaledInDepth = true
    }

    private static let stages = [
        Stage(kernel: 3, stride: 1, expansion: 1, channels: 16, repetitions: 1, isScaledInDepth: false),
        Stage(kernel: 3, stride: 2, expansion: 6, channels: 24, repetitions: 2),
        Stage(kernel: 5, stride: 2, expansion: 6, channels: 40, repetitions: 2),
        Stage(kernel: 3, stride: 2, expansion: 6, channels: 80, repetitions: 3),
        Stage(kernel: 5, stride: 1, expansion: 6, channels: 112, repetitions: 3),
        Stage(kernel: 5, stride: 2, expansion: 6, channels: 192, repetitions: 4),
        Stage(kernel: 3, stride: 1, expansion: 6, channels: 320, repetitions: 1, isScaledInDepth: false),
    ]

    /// TensorFlow's 0.001, not PyTorch's 0.00001.
    private static let epsilon: Float = 1e-3

    /// The size.
    public let size: Size
    /// Classes that are told apart.
    public let classes: Int

    /// `EfficientNet-Lite0`, `-Lite1` or `-Lite2`.
    public var name: String { "EfficientNet-Lite\(size.rawValue)" }

    /// Describes a network.
    public init(_ size: Size, classes: Int = 1000) {
        self.size = size
        self.classes = classes
    }

    /// Builds the network; the input `image` is RGB, normalised to `(x − 127) / 128`, the output logits.
    public func build(from weights: [String: Tensor]) throws(ArchitectureError) -> Model {
        guard classes >= 1 else {
            throw ArchitectureError(.invalidConfiguration, subject: name, reason: "\(classes) classes")
        }
        var reader = WeightReader(weights)
        reader.ignore { $0.hasSuffix(".num_batches_tracked") }
        var builder = GraphBuilder(network: name, weights: reader)
        var map = builder.input("image", channels: 3, height: size.resolution, width: size.resolution)
        map = builder.convolution(
            map, "_conv_stem", .init(channels: 32, kernel: 3, stride: 2, padding: .same))
        map = normalizedAndClipped(&builder, map, "_bn0", activation: "_stem.relu6")
        var index = 0
        for stage in EfficientNetLite.stages {
            for repetition in 0..<repetitions(of: stage) {
                map = block(&builder, map, "_blocks.\(index)", stage, stride: repetition == 0 ? stage.stride : 1)
                index += 1
            }
        }
        map = builder.convolution(map, "_conv_head", .init(channels: 1280, kernel: 1))
        map = normalizedAndClipped(&builder, map, "_bn1", activation: "_head.relu6")
        let features = builder.globalAveragePool(map, "_avg_pooling")
        let logits = builder.linear(features, "_fc", features: classes, output: "logits")
        return try builder.finish(
            logits, documentation: "\(name) (Tan and Le 2019, lite variant), built from a checkpoint.")
    }

    private func repetitions(of stage: Stage) -> Int {
        guard stage.isScaledInDepth else { return stage.repetitions }
        return Int((Double(stage.repetitions) * size.depth).rounded(.up))
    }

    private func normalizedAndClipped(
        _ builder: inout GraphBuilder, _ input: FeatureMap, _ name: String, activation: String
    ) -> FeatureMap {
        let map = builder.batchNormalization(input, name, epsilon: EfficientNetLite.epsilon)
        return builder.relu6(map, activation)
    }

    private func block(
        _ builder: inout GraphBuilder, _ input: FeatureMap, _ name: String, _ stage: Stage, stride: Int
    ) -> FeatureMap {
        var map = input
        if stage.expansion != 1 {
            map = builder.convolution(
                map, "\(name)._expand_conv", .init(channels: input.channels * stage.expansion, kernel: 1))
            map = normalizedAndClipped(&builder, map, "\(name)._bn0", activation: "\(name).expand.relu6")
        }
        map = builder.convolution(
            map, "\(name)._depthwise_conv",
            .init(
                channels: map.channels, kernel: stage.kernel, stride: stride, padding: .same, groups: map.channels))
        map = normalizedAndClipped(&builder, map, "\(name)._bn1", activation: "\(name).depthwise.relu6")
        let channels = ChannelRounding.scaled(stage.channels, by: size.width)
        map = builder.convolution(map, "\(name)._project_conv", .init(channels: channels, kernel: 1))
        map = builder.batchNormalization(map, "\(name)._bn2", epsilon: EfficientNetLite.epsilon)
        guard stride == 1, input.channels == channels else { return map }
        return builder.add(map, input, "\(name).add")
    }
}

/// The block of MobileNetV2.
///
/// Expand by a 1×1 convolution, filter each channel, project without an activation; the input
/// is added where the shape is kept (Sandler et al. 2018, figure 3).
struct InvertedResidual {
    let expansion: Int
    let channels: Int
    let stride: Int
    let epsilon: Float

    func add(to builder: inout GraphBuilder, _ input: FeatureMap, _ name: String) -> FeatureMap {
        var map = input
        var layer = 0
        if expansion != 1 {
            map = activated(
                &builder, map, "\(name).conv.\(layer)",
                .init(channels: input.channels * expansion, kernel: 1))
            layer += 1
        }
        map = activated(
            &builder, map, "\(name).conv.\(layer)",
            .init(channels: map.channels, kernel: 3, stride: stride, padding: .symmetric(1), groups: map.channels))
        map = builder.convolution(map, "\(name).conv.\(layer + 1)", .init(channels: channels, kernel: 1))
        map = builder.batchNormalization(map, "\(name).conv.\(layer + 2)", epsilon: epsilon)
        guard stride == 1, input.channels == channels else { return map }
        return builder.add(input, map, "\(name).add")
    }

    private func activated(
        _ builder: inout GraphBuilder, _ input: FeatureMap, _ name: String, _ convolution: GraphBuilder.Convolution
    ) -> FeatureMap {
        var map = builder.convolution(input, "\(name).0", convolution)
        map = builder.batchNormalization(map, "\(name).1", epsilon: epsilon)
        return builder.relu6(map, "\(name).2")
    }
}

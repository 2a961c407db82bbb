import Architectures
import Graphs
import Tensors
import Testing

/// Networks built from made-up weights: their form, and what they say of weights that do not fit.
@Suite struct ArchitectureTests {
    /// The names of a graph's constants.
    static func names(_ model: Model) -> Set<String> { Set(model.graph.initializers.map(\.name)) }

    /// Zeros of the shapes that MobileNetV2 has at a tenth of its width.
    static func mobileNetWeights(classes: Int) throws -> [String: Tensor] {
        var weights: [String: Tensor] = [:]
        func zeros(_ name: String, _ shape: Shape) throws {
            weights[name] = try Tensor([Float](repeating: 0, count: shape.elementCount), shape: shape)
        }
        func normalization(_ name: String, _ channels: Int) throws {
            for part in ["weight", "bias", "running_mean", "running_var"] { try zeros("\(name).\(part)", [channels]) }
            weights["\(name).num_batches_tracked"] = Tensor(scalar: Int64(7))
        }
        try zeros("features.0.0.weight", [8, 3, 3, 3])
        try normalization("features.0.1", 8)
        var channels = 8
        var index = 1
        for (expansion, repetitions) in [(1, 1), (6, 2), (6, 3), (6, 4), (6, 3), (6, 3), (6, 1)] {
            let outputs = [8, 8, 8, 8, 16, 16, 32][[1, 2, 4, 8, 11, 14, 17].firstIndex { index <= $0 } ?? 6]
            for _ in 0..<repetitions {
                let name = "features.\(index).conv"
                let hidden = channels * expansion
                var layer = 0
                if expansion > 1 {
                    try zeros("\(name).0.0.weight", [hidden, channels, 1, 1])
                    try normalization("\(name).0.1", hidden)
                    layer = 1
                }
                try zeros("\(name).\(layer).0.weight", [hidden, 1, 3, 3])
                try normalization("\(name).\(layer).1", hidden)
                try zeros("\(name).\(layer + 1).weight", [outputs, hidden, 1, 1])
                try normalization("\(name).\(layer + 2)", outputs)
                channels = outputs
                index += 1
            }
        }
        try zeros("features.18.0.weight", [1280, channels, 1, 1])
        try normalization("features.18.1", 1280)
        try zeros("classifier.1.weight", [classes, 1280])
        try zeros("classifier.1.bias", [classes])
        return weights
    }

    static let small = MobileNetV2(classes: 10, resolution: 32, width: 0.1)

    @Test func theGraphIsValidAndBearsTheCheckpointsNames() throws {
        let weights = try ArchitectureTests.mobileNetWeights(classes: 10)
        let model = try ArchitectureTests.small.build(from: weights)
        try model.validate()
        #expect(model.irVersion == 7 && model.opsets == ["": 13])
        #expect(model.graph.name == "MobileNetV2")
        let expected = Set(weights.keys.filter { !$0.hasSuffix("num_batches_tracked") })
        #expect(ArchitectureTests.names(model) == expected.union(["clip.min", "clip.max"]))
        #expect(
            model.graph.inputs
                == [ValueInfo("image", .tensor(.float32, [.symbol("N"), .fixed(3), .fixed(32), .fixed(32)]))])
        #expect(model.graph.outputs == [ValueInfo("logits", .tensor(.float32, [.symbol("N"), .fixed(10)]))])
        #expect(model.graph.nodes.allSatisfy { $0.outputs == [$0.name] })
        // Ten blocks repeat within a stage; at this width the first block keeps its shape too.
        #expect(model.graph.nodes.count { $0.operatorType == "Add" } == 11)
        #expect(try model.serialized() == ArchitectureTests.small.build(from: weights).serialized())
        #expect(try Model(bytes: model.serialized()) == model)
    }

    @Test func weightsThatDoNotFitAreAllNamed() throws {
        var weights = try ArchitectureTests.mobileNetWeights(classes: 10)
        weights["features.0.0.weight"] = nil
        weights["classifier.1.bias"] = try Tensor([Float](repeating: 0, count: 9), shape: [9])
        weights["classifier.2.bias"] = Tensor([Float(0)])
        weights["features.0.1.bias"] = Tensor([Int64](repeating: 0, count: 8))
        let error = #expect(throws: ArchitectureError.self) { try ArchitectureTests.small.build(from: weights) }
        #expect(
            error?.description
                == "MobileNetV2: the weights do not fit: 'features.0.0.weight' is missing, "
                + "'features.0.1.bias' is i64[8], not f32[8], 'classifier.1.bias' is f32[9], not f32[10], "
                + "'classifier.2.bias' is not used; take the checkpoint that this network was trained to")
    }

    @Test(arguments: EfficientNetLite.Size.allCases) func emptyCheckpointsAreRefusedInBounds(
        size: EfficientNetLite.Size
    ) {
        let error = #expect(throws: ArchitectureError.self) { try EfficientNetLite(size).build(from: [:]) }
        #expect(error?.code == .weightMismatch)
        #expect(error?.reason.contains("'_conv_stem.weight' is missing") == true)
        #expect(error?.reason.contains("more") == true)
    }

    @Test func settingsOutOfRangeAreRefused() {
        #expect(throws: ArchitectureError.self) { try MobileNetV2(resolution: 8).build(from: [:]) }
        #expect(throws: ArchitectureError.self) { try MobileNetV2(classes: 0).build(from: [:]) }
        #expect(throws: ArchitectureError.self) { try SqueezeNet(resolution: 16).build(from: [:]) }
        #expect(throws: ArchitectureError.self) { try EfficientNetLite(.lite0, classes: 0).build(from: [:]) }
    }
}

import Assets
import Foundation
import Graphs
import Tensors
import Testing

/// The networks of the zoo that are built from checkpoints, where they are in `$ASSAY_HOME`; `ASSAY_TEST_NETWORK=1`
/// fetches the checkpoints.
@Suite struct PublishedNetworkTests {
    /// What a built file must be.
    struct Golden: Sendable, CustomTestStringConvertible {
        var name: String
        var nodes: Int
        /// Learnt numbers: all f32 constants but the two bounds of Clip and the running statistics.
        var parameters: Int
        var convolutions: Int

        var testDescription: String { name }

        var isAvailable: Bool {
            guard let entry = try? ModelZoo.entry(named: name) else { return true }
            return ProcessInfo.processInfo.environment["ASSAY_TEST_NETWORK"] == "1"
                || ModelZoo(fetcher: ArtifactFetcher(home: AssayHome())).isFetched(entry)
        }
    }

    /// Parameters as published: 3.4 M and 3.50 M in torchvision's documentation for MobileNetV2 (3,504,872), 4.7, 5.4 and
    /// 6.1 M for EfficientNet-Lite, 1,235,496 for SqueezeNet 1.1.
    static let goldens = [
        Golden(name: "mobilenet-v2", nodes: 152, parameters: 3_504_872, convolutions: 52),
        Golden(name: "efficientnet-lite0", nodes: 143, parameters: 4_652_008, convolutions: 49),
        Golden(name: "efficientnet-lite1", nodes: 188, parameters: 5_416_680, convolutions: 64),
        Golden(name: "efficientnet-lite2", nodes: 188, parameters: 6_092_072, convolutions: 64),
        Golden(name: "squeezenet-1.1", nodes: 66, parameters: 1_235_496, convolutions: 26),
    ]

    @Test(.enabled(if: goldens.allSatisfy(\.isAvailable), "fetch the models first: assay zoo"), arguments: goldens)
    func theBuiltFileIsTheNetwork(golden: Golden) throws {
        let entry = try ModelZoo.entry(named: golden.name)
        let path = try ModelZoo(fetcher: ArtifactFetcher(home: AssayHome())).fetch(entry)
        let model = try Model(contentsOf: path)
        try model.validate()
        #expect(model.graph.nodes.count == golden.nodes)
        #expect(model.graph.nodes.count { $0.operatorType == "Conv" } == golden.convolutions)
        let learnt = model.graph.initializers.filter {
            !$0.name.contains(".running_") && !$0.name.hasPrefix("clip.")
        }
        #expect(learnt.reduce(0) { $0 + $1.tensor.elementCount } == golden.parameters)
    }
}

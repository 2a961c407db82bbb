import Records
/// One architecture of the `onnx` package's test data, which hold whole networks with constant weights.
///
/// Each gives two entries: `NAME-random` with random weights, whose times are those of the real network, and
/// `NAME-constant`, the file as it is.
struct LightModel {
    let name: String
    let file: String
    let title: String
    let constant: Digest
    let random: Digest
    let input: String
    let output: String

    private static let wheel = Artifact(
        kind: .wheel, name: "onnx", version: "1.23.2",
        filename: "onnx-1.23.2-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
        sha256: .pinned("c03ecf6b835d136108eeaeeafbd0026fc7b3cf98661409fbc6b63d5a29361348"))

    /// The nine architectures.
    static let all = [
        LightModel(
            name: "alexnet", file: "bvlc_alexnet", title: "AlexNet",
            constant: .pinned("2afa78cef5a88aed9d6e3d63fb92bd330c9177ac150d19189c6b3e7204ba0212"),
            random: .pinned("b4976cb226e2364c17f99efd8e8fa3a17fb6ab6776e8045c5211ad80da32e715"),
            input: "data_0", output: "prob_1: f32[1,1000]"),
        LightModel(
            name: "densenet-121", file: "densenet121", title: "DenseNet-121",
            constant: .pinned("49ddb5712797d6164f1d864bedaad927de4f3909ad1b4ba390a92c2f8150e9f6"),
            random: .pinned("be0dac9bbe761af34e84283bb822e6ed0a4d351bf958e4530582145e714a290f"),
            input: "data_0", output: "fc6_1: f32[1,1000,1,1]"),
        LightModel(
            name: "inception-v1", file: "inception_v1", title: "Inception v1",
            constant: .pinned("bb7a0e6c370c709f5615eeef961b43628de13d0009ae4d6f4bfb0d5aea5d8270"),
            random: .pinned("45c94ae872e3355f46266e15b3f96b8370540475ce877d60f9306685ad5f193e"),
            input: "data_0", output: "prob_1: f32[1,1000]"),
        LightModel(
            name: "inception-v2", file: "inception_v2", title: "Inception v2",
            constant: .pinned("224d77d55b26559a959db627c3f417a623fbf3b3000d25f0939327aa935d933f"),
            random: .pinned("4fe168160c95978d3130b175e093e9123429ced7c7da447d5edc45d39e3e7da3"),
            input: "data_0", output: "prob_1: f32[1,1000]"),
        LightModel(
            name: "resnet-50", file: "resnet50", title: "ResNet-50",
            constant: .pinned("05e77a5c9c9ce0913f549a50d6ebaced5e0ff6817b61e09bae26e4c5bd9055e4"),
            random: .pinned("0bbbab1758b9550001a8bcb8e965aa31350cca55b3ce029cef02f895f6ab631e"),
            input: "gpu_0/data_0", output: "gpu_0/softmax_1: f32[1,1000]"),
        LightModel(
            name: "shufflenet", file: "shufflenet", title: "ShuffleNet",
            constant: .pinned("c6f406d62be36d6b4572542c0950a2abd59f56237068793290680bba89fbafe5"),
            random: .pinned("86f6412c2b86cdc05f53c952f5feb9a5291e893cbda1bd7ee7c86ad3193d536f"),
            input: "gpu_0/data_0", output: "gpu_0/softmax_1: f32[1,1000]"),
        LightModel(
            name: "squeezenet-1.0", file: "squeezenet", title: "SqueezeNet",
            constant: .pinned("770b0f3c8623e18bf58b53754d710051b4c268248422142980a132bbe6dfe908"),
            random: .pinned("923d286ea44ce96befea1836713be5bf45129c0188fc9ea8635fd881dd0b9c49"),
            input: "data_0", output: "softmaxout_1: f32[1,1000,1,1]"),
        LightModel(
            name: "vgg-19", file: "vgg19", title: "VGG-19",
            constant: .pinned("8e547d732b3a3d66eeb8fa64a026adb994d3db552f0bbd52e436d06300d89afe"),
            random: .pinned("2656ec0a852099995816dd6a2c6940832226f8851191793b7557ab9e42857840"),
            input: "data_0", output: "prob_1: f32[1,1000]"),
        LightModel(
            name: "zfnet-512", file: "zfnet512", title: "ZFNet-512",
            constant: .pinned("6444bb58b98c3d14f551a3bdb83eea9e5db7e147790db3115c447e9c9a8338b0"),
            random: .pinned("c164bb182045fd23448c56b67d9e4b24ffc184f8f98fef275fe17cc447d0e9b9"),
            input: "gpu_0/data_0", output: "gpu_0/softmax_1: f32[1,1000]"),
    ]

    /// Both entries.
    var entries: [ZooEntry] {
        let member = PinnedMember(
            LightModel.wheel, path: "onnx/backend/test/data/light/light_\(file).onnx", sha256: constant)
        return [
            entry("\(name)-random", version: "1.0.0", .random, .randomized(member), sha256: random),
            entry("\(name)-constant", version: "1.23.2", .constant, .shipped(member), sha256: constant),
        ]
    }

    private func entry(
        _ name: String, version: String, _ weights: ZooEntry.Weights, _ recipe: ModelRecipe, sha256: Digest
    ) -> ZooEntry {
        let isRandom = weights == .random
        return ZooEntry(
            name: name, version: version,
            summary: "\(title), \(isRandom ? "random weights: for speed only" : "every weight one constant")",
            task: .imageClassification, weights: weights, recipe: recipe, sha256: sha256, opset: 9,
            inputs: ["\(input): f32[1,3,224,224]"], outputs: [output],
            license: LicenseStatement("Apache-2.0", "the package's metadata"), origin: "https://github.com/onnx/onnx",
            notes: isRandom
                ? "He-uniform kernels from SplitMix64 seeded by each weight's name; accuracy means nothing"
                : "for reading and writing only: engines fold constants, or slow down on denormals")
    }
}

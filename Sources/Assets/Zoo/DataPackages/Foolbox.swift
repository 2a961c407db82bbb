import Records
extension DataPackage {
    private static let foolboxWheel = Artifact(
        kind: .wheel, name: "foolbox", version: "3.3.4", filename: "foolbox-3.3.4-py3-none-any.whl",
        sha256: .pinned("11049d515d38e765e206a73ace9cc648b81a0d6d1da9ad9057e149ee117989cb"))

    private static func foolbox(
        _ name: String, summary: String, pattern: String, manifest: Digest
    ) -> DataPackage {
        DataPackage(
            name: "foolbox-\(name)", version: "3.3.4", summary: summary, artifact: foolboxWheel, folder: "foolbox/data",
            pattern: pattern, count: 20, manifest: manifest,
            license: LicenseStatement(
                "MIT",
                "the package's metadata and LICENSE file; the pictures keep the terms of the data sets they come from"),
            origin: "https://github.com/bethgelab/foolbox")
    }

    /// Twenty labelled pictures each of five data sets; the label is the last number of the file's name.
    static let foolbox = [
        foolbox(
            "imagenet", summary: "20 ImageNet photos, 512x512, label in the name", pattern: "imagenet_*.jpg",
            manifest: .pinned("9e49c798485820a97e15f4866e798209f6c4399463bfd416af7d7b28a5bdf75e")),
        foolbox(
            "cifar10", summary: "20 CIFAR-10 pictures, 32x32, label in the name", pattern: "cifar10_*.png",
            manifest: .pinned("b551157d47f9cf4304aa15597b0cba5b03bb8e3b76912b067e3ca53389d9d78c")),
        foolbox(
            "cifar100", summary: "20 CIFAR-100 pictures, 32x32, label in the name", pattern: "cifar100_*.png",
            manifest: .pinned("78d7156ff1f2164dd00b3ce04b1ae90abc3a9db25cca13abc86c08b29b42ddc7")),
        foolbox(
            "mnist", summary: "20 MNIST digits, 28x28, label in the name", pattern: "mnist_*.png",
            manifest: .pinned("7bdaa009ebcce1b92aca9decdafd8102c324f576e63cdce289005ea548803c90")),
        foolbox(
            "fashion-mnist", summary: "20 Fashion-MNIST pictures, 28x28, label in the name",
            pattern: "fashionMNIST_*.png",
            manifest: .pinned("2be06b2f551af7cbc99cd8346882411d9f89d4578c5e12fb08e3b57824639b11")),
    ]
}

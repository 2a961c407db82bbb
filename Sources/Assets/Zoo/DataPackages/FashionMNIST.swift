import Records
extension DataPackage {
    /// Zalando's articles of clothing, in four IDX files.
    static let fashionMNIST = DataPackage(
        name: "fashion-mnist", version: "0.0.20200523", summary: "70,000 articles of clothing, 28x28, ten classes, IDX",
        artifact: Artifact(
            kind: .debian, name: "dataset-fashion-mnist", version: "0.0~git20200523.55506a9-1",
            filename: "dataset-fashion-mnist_0.0~git20200523.55506a9-1_all.deb",
            sha256: .pinned("39e172fe32dd318ebb3e512220c3beea2fa47d7e20bab348fb4e0922d6beefc0")),
        folder: "usr/share/datasets/fashion-mnist", pattern: "*.gz", count: 4,
        manifest: .pinned("f37bf62265b0989968a94c78e420344f1ede1007dabf032a0dc5e88371fef370"),
        license: LicenseStatement("MIT", "Debian's copyright file: Expat, copyright Zalando SE"),
        origin: "https://github.com/zalandoresearch/fashion-mnist")
}

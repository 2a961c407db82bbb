import Records
extension ZooEntry {
    private static let magika0Wheel = Artifact(
        kind: .wheel, name: "magika", version: "0.6.1", filename: "magika-0.6.1-py3-none-manylinux_2_28_x86_64.whl",
        sha256: .pinned("133c0e1a844361de86ca2dd7c530e38b324e86177d30c52e36fd82101c190b5c"))

    /// Magika 0.6.1, model standard_v3_2.
    static let magika0 = ZooEntry(
        name: "magika", version: "0.6.1", summary: "type of a file from its bytes, 214 types", task: .fileType,
        recipe: .shipped(
            PinnedMember(
                magika0Wheel, path: "magika/models/standard_v3_2/model.onnx",
                sha256: .pinned("ba4f372744331c0088d7c9b8b4fd702f4bc2bdddbeecde27488fceeadf71c3ce"))),
        sha256: .pinned("ba4f372744331c0088d7c9b8b4fd702f4bc2bdddbeecde27488fceeadf71c3ce"), opset: 15,
        inputs: ["bytes: i32[N,2048]"], outputs: ["target_label: f32[N,214]"],
        license: LicenseStatement("Apache-2.0", "the package's metadata"), origin: "https://github.com/google/magika",
        notes: "1024 bytes from the start and 1024 from the end of the stripped file, padded with 256; "
            + "the labels are in the configuration",
        sideAssets: [
            SideAsset(
                "config",
                PinnedMember(
                    magika0Wheel, path: "magika/models/standard_v3_2/config.min.json",
                    sha256: .pinned("b40e943ae9ac5e8d86a93f1e955ee45cdebaa8760a0e41dc1cd0da8dcf6c6056"))),
            SideAsset(
                "types",
                PinnedMember(
                    magika0Wheel, path: "magika/config/content_types_kb.min.json",
                    sha256: .pinned("75208adba69bc0556403b62b32ef3ccf8b5ce494411780845852e52e6583a10d"))),
        ])

    private static let magika1Wheel = Artifact(
        kind: .wheel, name: "magika", version: "1.0.3", filename: "magika-1.0.3-py3-none-manylinux_2_28_x86_64.whl",
        sha256: .pinned("3e9b49134e8116ee40b431664dcbed9e199413efddcce1a173c734b4e0521529"))

    /// Magika 1.0.3, model standard_v3_3.
    static let magika1 = ZooEntry(
        name: "magika", version: "1.0.3", summary: "type of a file from its bytes, 214 types", task: .fileType,
        recipe: .shipped(
            PinnedMember(
                magika1Wheel, path: "magika/models/standard_v3_3/model.onnx",
                sha256: .pinned("fe2d2eb49c5f88a9e0a6c048e15d6ffdf86235519c2afc535044de433169ec8c"))),
        sha256: .pinned("fe2d2eb49c5f88a9e0a6c048e15d6ffdf86235519c2afc535044de433169ec8c"), opset: 15,
        inputs: ["bytes: i32[N,2048]"], outputs: ["target_label: f32[N,214]"],
        license: LicenseStatement("Apache-2.0", "the package's metadata"), origin: "https://github.com/google/magika",
        notes: "1024 bytes from the start and 1024 from the end of the stripped file, padded with 256; "
            + "the labels are in the configuration",
        sideAssets: [
            SideAsset(
                "config",
                PinnedMember(
                    magika1Wheel, path: "magika/models/standard_v3_3/config.min.json",
                    sha256: .pinned("ae24c742205358f6ff6dfd5facb6743fb69743dbba8373e73da58ff0cbd695db"))),
            SideAsset(
                "types",
                PinnedMember(
                    magika1Wheel, path: "magika/config/content_types_kb.min.json",
                    sha256: .pinned("75208adba69bc0556403b62b32ef3ccf8b5ce494411780845852e52e6583a10d"))),
        ])
}

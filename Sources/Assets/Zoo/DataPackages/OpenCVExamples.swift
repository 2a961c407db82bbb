extension DataPackage {
    /// OpenCV's examples whole: programs in C++, Python and Java, pictures, tables, videos and configurations.
    static let openCVExamples = DataPackage(
        name: "opencv-examples", version: "4.6.0",
        summary: "OpenCV's examples: 656 files of a dozen types, the type in each name's ending",
        artifact: .openCVDocumentation, folder: "usr/share/doc/opencv-doc/examples", pattern: "**", count: 656,
        manifest: .pinned("6093194d30b87b9eaedeb3d8b4c0a4d023d8a778cdc0f8c95b7c3e9ce6ee4fcb"),
        license: LicenseStatement("Apache-2.0", "Debian's copyright file of opencv: Apache-2.0 AND BSD-3-Clause"),
        origin: "https://opencv.org")
}

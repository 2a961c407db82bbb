extension DataPackage {
    /// The sample pictures and tables of OpenCV.
    static let openCVSamples = DataPackage(
        name: "opencv-samples", version: "4.6.0",
        summary: "OpenCV's samples: photos, 5,000 digits in one picture, letters",
        artifact: .openCVDocumentation, folder: "usr/share/doc/opencv-doc/examples/data", pattern: "**", count: 111,
        manifest: .pinned("766e70e7f548bd009c55865b96d8ba4fc2fb95e38e827188bdec509933f2f479"),
        license: LicenseStatement("Apache-2.0", "Debian's copyright file of opencv: Apache-2.0 AND BSD-3-Clause"),
        origin: "https://opencv.org")
}

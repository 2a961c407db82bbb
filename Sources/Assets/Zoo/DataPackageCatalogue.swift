/// The data sets that can be fetched: a new one adds its file under `DataPackages` and its line here.
enum DataPackageCatalogue {
    /// Every data set, by name.
    static let packages: [DataPackage] = [
        DataPackage.foolbox,
        [.fashionMNIST],
        [.mnist5k],
        [.openCVExamples, .openCVSamples],
        [.pocketSphinxCards, .pocketSphinxLibrivox],
    ].flatMap { $0 }.sorted { $0.name < $1.name }
}

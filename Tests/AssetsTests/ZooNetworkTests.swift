import Assets
import Records
import Foundation
import Tensors
import Testing

/// Fetches every model and data set of the zoo; switched on by `ASSAY_TEST_NETWORK=1`, for it downloads 700 MB, into
/// `$ASSAY_HOME`.
@Suite(
    .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["ASSAY_TEST_NETWORK"] == "1", "set ASSAY_TEST_NETWORK=1"))
struct ZooNetworkTests {
    static let fetcher = ArtifactFetcher(home: AssayHome())

    @Test(arguments: ModelZoo.entries.map(\.title)) func aModelIsWhatItsEntrySays(title: String) throws {
        let entry = try ModelZoo.entry(named: title)
        let zoo = ModelZoo(fetcher: ZooNetworkTests.fetcher)
        let path = try zoo.fetch(entry)
        #expect(SHA256.hash(try Bytes(mapping: path)) == entry.sha256)
        for asset in entry.sideAssets { _ = try zoo.fetch(asset.role, of: entry) }
        #expect(zoo.isFetched(entry))
    }

    @Test(arguments: DataLibrary.packages.map(\.name)) func aDataSetIsWhatItsEntrySays(name: String) throws {
        let source = try DataLibrary.package(named: name)
        let folder = try DataLibrary(fetcher: ZooNetworkTests.fetcher).fetch(source)
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
        #expect(files.count >= source.count)
    }
}

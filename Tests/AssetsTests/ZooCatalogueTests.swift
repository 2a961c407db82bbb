import Assets
import Foundation
import Graphs
import Records
import Tensors
import Testing

/// The zoo without a network: what its entries promise, and what fetching does with packages made up here.
@Suite struct ZooCatalogueTests {
    @Test func everyEntryIsCompleteAndUnique() {
        let entries = ModelZoo.entries
        #expect(entries.count == 46)
        #expect(Set(entries.map(\.title)).count == entries.count)
        #expect(Set(entries.map(\.sha256)).count == entries.count)
        for entry in entries {
            #expect(PackageVersion(entry.version) != nil, "\(entry.title)")
            #expect(
                !entry.summary.isEmpty && !entry.origin.isEmpty && !entry.license.statement.isEmpty, "\(entry.title)")
            #expect(!entry.inputs.isEmpty && !entry.outputs.isEmpty, "\(entry.title)")
            #expect((7...26).contains(entry.opset), "\(entry.title)")
            if case .shipped(let member) = entry.recipe { #expect(member.sha256 == entry.sha256, "\(entry.title)") }
            // Whoever lists the zoo must see that random weights tell nothing about accuracy.
            #expect((entry.weights == .random) == entry.summary.contains("for speed only"), "\(entry.title)")
        }
        let packages = DataLibrary.packages
        #expect(packages.count == 11)
        #expect(Set(packages.map(\.name)).count == packages.count)
        #expect(packages.allSatisfy { $0.count > 0 && !$0.license.statement.isEmpty })
    }

    @Test func namesFindTheNewestVersionAndTyposAreHelped() throws {
        #expect(try ModelZoo.entry(named: "magika").version == "1.0.3")
        #expect(try ModelZoo.entry(named: "magika@0.6.1").version == "0.6.1")
        let error = #expect(throws: AssetError.self) { try ModelZoo.entry(named: "mobilnet-v2") }
        #expect(
            error?.description
                == "zoo model 'mobilnet-v2': there is no such model; did you mean mobilenet-v2?")
        let data = #expect(throws: AssetError.self) { try DataLibrary.package(named: "fashion-minst") }
        #expect(data?.remedy.contains("fashion-mnist") == true)
    }

    /// A fetcher whose clients deliver one made-up archive.
    static func fetcher(delivering archive: Bytes, home: AssayHome) -> ArtifactFetcher {
        ArtifactFetcher(
            home: home,
            runner: PackageRecordedRunner { command in
                let target = try #require(command.arguments.last)
                try FileWriter.write(archive, to: target)
                return CommandResult(status: 0)
            })
    }

    static func artifact(_ archive: Bytes) -> Artifact {
        Artifact(
            kind: .url, name: "made-up", version: "1.0", filename: "made-up.zip", sha256: SHA256.hash(archive),
            url: "https://example.org/made-up.zip")
    }

    @Test func aDataPackageIsUnpackedVerifiedAndMendedAfterDamage() throws {
        let temporary = PackageTemporaryHome()
        let archive = try StoreFixtures.bytes("Archives/mixed.zip")
        // sha256sum of the five stored members, made by Python: see Fixtures/Archives/make.py.
        let contents = try StoreArchiveTests.contents()
        let lines = contents.keys.sorted().map { "\(contents[$0] ?? "")  \($0).stored\n" }.joined()
        let package = DataPackage(
            name: "made-up", version: "1.0", summary: "", artifact: ZooCatalogueTests.artifact(archive),
            folder: "folder",
            pattern: "*.stored", count: 5, manifest: SHA256.digest(of: lines), license: LicenseStatement("MIT", "here"),
            origin: "here")
        let library = DataLibrary(fetcher: ZooCatalogueTests.fetcher(delivering: archive, home: temporary.home))
        let folder = try library.fetch(package)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 5)
        #expect(try SHA256.hash(Bytes(mapping: folder + "/text.stored")).hex == contents["text"])
        try FileWriter.write(Bytes(copying: [1]), to: folder + "/text.stored")
        #expect(try library.fetch(package) == folder)
        #expect(try SHA256.hash(Bytes(mapping: folder + "/text.stored")).hex == contents["text"])

        let wrong = DataPackage(
            name: "made-up", version: "1.0", summary: "", artifact: package.artifact, folder: "folder",
            pattern: "*.deflated", count: 5, manifest: package.manifest, license: package.license, origin: "here")
        let other = PackageTemporaryHome()
        let error = #expect(throws: AssetError.self) {
            try DataLibrary(fetcher: ZooCatalogueTests.fetcher(delivering: archive, home: other.home)).fetch(wrong)
        }
        #expect(error?.code == .hashMismatch)
        #expect(CacheListing(home: other.home).entries(kinds: [.data]).isEmpty)
    }

    @Test func aMemberThatIsNotThePinnedOneIsRefused() throws {
        let temporary = PackageTemporaryHome()
        let archive = try StoreFixtures.bytes("Archives/mixed.zip")
        let contents = try StoreArchiveTests.contents()
        let zoo = ModelZoo(fetcher: ZooCatalogueTests.fetcher(delivering: archive, home: temporary.home))
        func member(_ name: String, hashOf other: String) throws -> PinnedMember {
            let hash = try #require(contents[other].flatMap { Digest(hex: $0) })
            return PinnedMember(ZooCatalogueTests.artifact(archive), path: "folder/\(name).deflated", sha256: hash)
        }
        let path = try zoo.fetch(member("runs", hashOf: "runs"))
        #expect(try SHA256.hash(Bytes(mapping: path)).hex == contents["runs"])
        let error = #expect(throws: AssetError.self) { try zoo.fetch(member("text", hashOf: "noise")) }
        #expect(error?.code == .hashMismatch)
    }
}

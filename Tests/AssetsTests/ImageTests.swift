import Assets
import Foundation
import Records
import TestKit
import Testing

/// Images by construction: what a root must look like follows from the layers that were written.
@Suite struct ImageTests {
    private let folder: TemporaryFolder
    private let layout: ImageLayout
    private let store: ImageStore

    init() throws {
        folder = try TemporaryFolder()
        layout = try ImageLayout(folder.file("layout"))
        store = ImageStore(fetcher: ArtifactFetcher(home: AssayHome(path: folder.file("home")), isOffline: true))
    }

    private func unpacked(_ layers: [TarFile], architectures: [String]? = nil) throws -> ImageStore.Image {
        let digest = try layout.add(
            layers.map(\.complete), environment: ["A=1", "B=x=y"], architectures: architectures)
        return try store.unpacked(ImageReference(.layout(folder: layout.path), digest: digest))
    }

    private func text(_ path: String, _ image: ImageStore.Image) -> String? {
        FileManager.default.contents(atPath: "\(image.root)/\(path)").map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func laterLayersLieOverEarlierOnes() throws {
        var (first, second) = (TarFile(), TarFile())
        first.add(folder: "./")
        first.add("etc/kept", "kept")
        first.add("etc/replaced", "old")
        first.add("etc/removed", "gone")
        first.add("opt/all/a", "gone")
        first.add("opt/all/b", "gone")
        first.add("bin/tool", "tool", mode: 0o755)
        first.add("bin/alias", sameAs: "bin/tool")
        first.add("sbin", linkTo: "bin")
        first.add("locked/inside", "x")
        first.add(folder: "locked", mode: 0o000)
        // What is taken away is of the layers below, wherever in the file that stands.
        second.add("opt/all/new", "new")
        second.add("opt/all/.wh..wh..opq", "")
        second.add("etc/.wh.removed", "")
        second.add("etc/replaced", "new")
        second.add("sbin/other", "other")
        second.add("bin/alias", "own")
        let image = try unpacked([first, second])
        #expect(text("etc/kept", image) == "kept" && text("etc/replaced", image) == "new")
        #expect(text("etc/removed", image) == nil && text("etc/.wh.removed", image) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: image.root + "/opt/all") == ["new"])
        #expect(text("bin/tool", image) == "tool" && text("bin/alias", image) == "own")
        #expect(FileManager.default.isExecutableFile(atPath: image.root + "/bin/tool"))
        #expect(text("bin/other", image) == "other", "the link to the folder is kept")
        #expect(text("locked/inside", image) == "x")
        #expect(image.environment == ["A": "1", "B": "x=y"])
    }

    /// A link to a folder of the system that unpacks must not lead a later layer there.
    @Test(arguments: [true, false]) func noLinkLeadsOut(isAbsolute: Bool) throws {
        let outside = folder.file("outside")
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        var (first, second) = (TarFile(), TarFile())
        first.add("way", linkTo: isAbsolute ? outside : "../../../../../../../../../../../..\(outside)")
        second.add("way/planted", "planted")
        let image = try unpacked([first, second])
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside).isEmpty)
        #expect(text(String(outside.dropFirst()) + "/planted", image) == "planted", "it is found below the root")
    }

    @Test func whatLeadsOutIsRefused() throws {
        for name in ["../planted", "/planted", "a/../../planted"] {
            var layer = TarFile()
            layer.add(name, "planted")
            #expect(throws: AssetError.self, "\(name)") { try unpacked([layer]) }
        }
        var round = TarFile()
        round.add("a", linkTo: "b")
        round.add("b", linkTo: "a")
        round.add("a/x", "x")
        #expect(throws: AssetError.self) { try unpacked([round]) }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.file("home/staging"))
        #expect(left.isEmpty, "\(left)")
    }

    @Test func aDamagedBlobIsNeverUnpacked() throws {
        var layer = TarFile()
        layer.add("file", "content")
        let digest = try layout.add([layer.complete])
        let blob = layout.file(SHA256.digest(of: layer.complete))
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: blob)))
        bytes[520] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: blob))
        #expect { try store.unpacked(ImageReference(.layout(folder: layout.path), digest: digest)) } throws: { error in
            (error as? AssetError)?.code == .hashMismatch
        }
        #expect(store.kept(digest) == nil)
    }

    @Test func listsOfManifestsAreFollowed() throws {
        var layer = TarFile()
        layer.add("file", "content")
        #expect(text("file", try unpacked([layer], architectures: ["s390x", "amd64", "arm64"])) == "content")
        #expect { _ = try unpacked([layer], architectures: ["s390x"]) } throws: { error in
            (error as? AssetError)?.code == .unsupported && "\(error)".contains("linux/s390x")
        }
    }

    @Test func packedLayersAreUnpacked() throws {
        var layer = TarFile()
        layer.add("file", String(repeating: "content ", count: 10_000))
        let plain = folder.file("layer.tar")
        try Data(layer.complete).write(to: URL(fileURLWithPath: plain))
        let result = try ProcessRunner().run(Command("gzip", ["-c", plain], outputFile: folder.file("layer.tar.gz")))
        #expect(result.status == 0)
        let packed = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file("layer.tar.gz"))))
        let digest = try layout.add([packed])
        let image = try store.unpacked(ImageReference(.layout(folder: layout.path), digest: digest))
        #expect(text("file", image)?.count == 80_000)
        let kept = try #require(store.kept(digest))
        #expect(kept.root == image.root)
    }

    @Test func anotherDigestIsAnsweredWithThoseThere() throws {
        let digest = try layout.add([TarFile().complete + TarFile().complete])
        let wrong = SHA256.digest(of: "no image")
        #expect { try store.unpacked(ImageReference(.layout(folder: layout.path), digest: wrong)) } throws: { error in
            (error as? AssetError)?.code == .notFound && "\(error)".contains(digest.hex)
        }
    }

    @Test func referencesAreReadAndWritten() throws {
        let hex = String(repeating: "0123456789abcdef", count: 4)
        for text in ["debian@sha256:\(hex)", "host:5000/a/b:12@sha256:\(hex)", "oci:images/a@sha256:\(hex)"] {
            #expect(try ImageReference(text).text == text)
        }
        #expect(try ImageReference("oci:/x/y@sha256:\(hex)").place == .layout(folder: "/x/y"))
        #expect(try ImageReference("host:5000/a/b@sha256:\(hex)").title == "b@0123456789ab")
        for text in ["debian", "debian:12", "debian@sha256:12", "@sha256:\(hex)", "oci:@sha256:\(hex)", ""] {
            #expect(throws: AssetError.self, "\(text)") { try ImageReference(text) }
        }
    }
}

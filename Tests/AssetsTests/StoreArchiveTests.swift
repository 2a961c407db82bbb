import Assets
import Records
import Foundation
import Tensors
import Testing

/// Archives made by Python's standard library (`Fixtures/Archives/make.py`), checked against the hashes it took.
@Suite struct StoreArchiveTests {
    static func contents() throws -> [String: String] {
        let data = try Data(contentsOf: URL(fileURLWithPath: StoreFixtures.path("Archives/contents.json")))
        return try JSONDecoder().decode([String: String].self, from: data)
    }

    static func deflateStreams() throws -> [(key: String, stream: Bytes)] {
        let file = try StoreFixtures.bytes("Archives/deflate.bin")
        var position = 0
        func block() throws -> Bytes {
            let header = try #require(file.slice(position..<(position + 4))).array
            let length = header.enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
            position += 4 + length
            return try #require(file.slice((position - length)..<position))
        }
        var streams: [(String, Bytes)] = []
        while position < file.count {
            streams.append((String(decoding: try block().array, as: UTF8.self), try block()))
        }
        return streams
    }

    @Test func everyDeflateStreamOfZlibInflates() throws {
        let contents = try StoreArchiveTests.contents()
        let streams = try StoreArchiveTests.deflateStreams()
        #expect(streams.count == 40)
        for (key, stream) in streams {
            let name = try #require(key.split(separator: "/").last.map(String.init))
            let result = try Inflate.decompress(stream, limit: 1 << 20, subject: key)
            #expect(SHA256.hash(Bytes(copying: result.output)).hex == contents[name], "\(key)")
            #expect(result.consumed == stream.count, "\(key)")
        }
    }

    @Test func truncatedStreamsAreErrors() throws {
        for (key, stream) in try StoreArchiveTests.deflateStreams() where stream.count > 3 {
            for cut in [0, 1, stream.count / 2, stream.count - 1] {
                let part = try #require(stream.slice(0..<cut))
                #expect(throws: AssetError.self, "\(key) cut at \(cut)") {
                    try Inflate.decompress(part, limit: 1 << 20, subject: key)
                }
            }
        }
    }

    @Test func expansionStopsAtTheLimit() throws {
        for (key, stream) in try StoreArchiveTests.deflateStreams() where key.hasSuffix("/runs") {
            let size = try Inflate.decompress(stream, limit: 1 << 20, subject: key).output.count
            #expect(try Inflate.decompress(stream, limit: size, subject: key).output.count == size)
            let error = #expect(throws: AssetError.self) {
                try Inflate.decompress(stream, limit: size - 1, subject: key)
            }
            #expect(error?.code == .limitExceeded, "\(key)")
        }
    }

    @Test func mutatedArchivesNeverTrap() throws {
        var seed: UInt64 = 0x5EED
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        let zip = try StoreFixtures.bytes("Archives/streamed.zip").array
        let gzip = try StoreFixtures.bytes("Archives/pax.tar.gz").array
        var refused = 0
        for _ in 0..<400 {
            var zip = zip
            var gzip = gzip
            for _ in 0...next(4) {
                zip[next(zip.count)] = UInt8(next(256))
                gzip[next(gzip.count)] = UInt8(next(256))
            }
            do {
                let archive = try ZipArchive(Bytes(copying: zip), subject: "mutated.zip")
                for member in archive.members { _ = try archive.read(member, limit: 1 << 20) }
            } catch { refused += 1 }
            do {
                let tar = try GzipFile.decompress(Bytes(copying: gzip), limit: 1 << 20, subject: "mutated.gz")
                _ = try TarArchive(tar, subject: "mutated.tar")
            } catch { refused += 1 }
        }
        #expect(refused > 600, "checksums must catch nearly all of 800 mutations")
    }

    @Test func zipMembersComeOutWhole() throws {
        let contents = try StoreArchiveTests.contents()
        let archive = try ZipArchive(StoreFixtures.bytes("Archives/mixed.zip"), subject: "mixed.zip")
        #expect(archive.members.count == 11)
        for (name, hash) in contents {
            for form in ["stored", "deflated"] {
                #expect(SHA256.hash(try archive.read("folder/\(name).\(form)")).hex == hash)
            }
        }
        #expect(SHA256.hash(try archive.read("wide")).hex == contents["text"])
        let streamed = try ZipArchive(StoreFixtures.bytes("Archives/streamed.zip"), subject: "streamed.zip")
        #expect(SHA256.hash(try streamed.read("text.deflated")).hex == contents["text"])
        let error = #expect(throws: AssetError.self) { try archive.read("absent") }
        #expect(error?.code == .notFound)
    }

    @Test func membersThatLeaveTheFolderAreRefused() throws {
        let zip = #expect(throws: AssetError.self) {
            try ZipArchive(StoreFixtures.bytes("Archives/escaping.zip"), subject: "escaping.zip")
        }
        #expect(zip?.description == "escaping.zip, member '../outside': its path leads out of the archive")
        let packed = try StoreFixtures.bytes("Archives/escaping.tar.gz")
        let bytes = try GzipFile.decompress(packed, subject: "escaping.tar.gz")
        #expect(throws: AssetError.self) { try TarArchive(bytes, subject: "escaping.tar.gz") }
    }

    @Test func gzipMembersFollowOneAnother() throws {
        let bytes = try GzipFile.decompress(StoreFixtures.bytes("Archives/members.gz"), subject: "members.gz")
        let streams = try StoreArchiveTests.deflateStreams()
        let parts = try ["level9/text", "level9/runs"].map { key in
            let stream = try #require(streams.first { $0.key == key }?.stream)
            return try Inflate.decompress(stream, limit: 1 << 20, subject: key).output
        }
        #expect(bytes.array == parts.flatMap { $0 })
    }

    @Test(arguments: ["ustar", "gnu", "pax"]) func tarMembersComeOutWhole(form: String) throws {
        let contents = try StoreArchiveTests.contents()
        let bytes = try GzipFile.decompress(StoreFixtures.bytes("Archives/\(form).tar.gz"), subject: form)
        let archive = try TarArchive(bytes, subject: form)
        let folder = String(repeating: "a-rather-long-folder-name/", count: form == "ustar" ? 3 : 6)
        #expect(archive.members.map(\.path) == ["text", folder + "noise", "empty"])
        #expect(SHA256.hash(try archive.read("text")).hex == contents["text"])
        #expect(SHA256.hash(try archive.read(folder + "noise")).hex == contents["noise"])
        #expect(try archive.read("empty").count == 0)
    }
}

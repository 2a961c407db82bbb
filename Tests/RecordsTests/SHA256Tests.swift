import Foundation
import Records
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    /// FIPS 180-4 examples and NIST CAVP short messages.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func publishedVectors(message: String, expected: String) {
        #expect(SHA256.digest(of: message).hex == expected)
    }

    @Test("a million letters a, the long message of FIPS 180")
    func longMessage() {
        let bytes = [UInt8](repeating: 0x61, count: 1_000_000)
        #expect(SHA256.digest(of: bytes).hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("pieces of any size give the digest of the whole")
    func pieces() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
        let whole = SHA256.digest(of: bytes)
        for size in [1, 3, 55, 56, 63, 64, 65, 127, 128, 999] {
            var hash = SHA256()
            for start in stride(from: 0, to: bytes.count, by: size) {
                hash.update(Array(bytes[start..<min(start + size, bytes.count)]))
                _ = hash.digest
            }
            #expect(hash.digest == whole, "pieces of \(size)")
        }
    }

    @Test("a digest reads back from its digits and refuses other texts")
    func digits() {
        let digest = SHA256.digest(of: "abc")
        #expect(Digest(hex: "sha256:" + digest.hex.uppercased()) == digest)
        #expect(Digest(hex: "abc") == nil)
        #expect(Digest(hex: String(repeating: "g", count: 64)) == nil)
    }

    @Test("a file has the digest of its bytes")
    func file() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data("abc".utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        #expect(try SHA256.digest(ofFile: url.path) == SHA256.digest(of: "abc"))
        #expect(throws: RecordError.self) { try SHA256.digest(ofFile: url.path + ".absent") }
    }
}

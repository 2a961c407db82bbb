import Assets
import Tensors
import Testing

@Suite struct StoreHashTests {
    /// FIPS 180-4 examples, and the empty message.
    static let published: [(message: String, hash: String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test(arguments: published.indices) func hashesAsPublished(index: Int) {
        let (message, hash) = StoreHashTests.published[index]
        #expect(SHA256.hash(Bytes(copying: message.utf8)).hex == hash)
    }

    @Test func piecesGiveTheHashOfTheWhole() {
        let data = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 31 % 251) }
        let whole = SHA256.hash(Bytes(copying: data))
        for piece in [1, 3, 55, 56, 63, 64, 65, 127, 999] {
            var sha = SHA256()
            for start in stride(from: 0, to: data.count, by: piece) {
                let part = Array(data[start..<min(start + piece, data.count)])
                sha.update(part.span)
            }
            #expect(sha.finalize() == whole, "pieces of \(piece) bytes")
        }
    }

    @Test func textThatIsNoHashIsRefused() {
        #expect(ContentHash("abc") == nil)
        #expect(ContentHash(String(repeating: "g", count: 64)) == nil)
        #expect(ContentHash(String(repeating: "A", count: 64))?.hex == String(repeating: "a", count: 64))
    }
}

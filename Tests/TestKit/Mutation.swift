public import Tensors

/// Damage done to bytes, from a seed.
public enum Mutation {
    /// Pieces of JSON to strew into a text.
    public static let jsonPieces = [
        "{", "}", "[", "]", "\"", ",", ":", "null", "1e999", "-", "\\u", "9999999999999999999999",
    ]

    /// One to four flips, overwritten lengths, cuts, copies and removals, and insertions where there are pieces to insert.
    public static func of(
        _ original: [UInt8], inserting pieces: [String] = [], using generator: inout SplitMix64
    ) -> [UInt8] {
        var bytes = original
        for _ in 0..<generator.integer(in: 1...4) where !bytes.isEmpty {
            let place = generator.integer(in: 0...bytes.count - 1)
            switch generator.integer(in: 0...(pieces.isEmpty ? 5 : 6)) {
            case 0: bytes[place] ^= 1 << UInt8(generator.integer(in: 0...7))
            case 1: bytes[place] = UInt8(generator.integer(in: 0...255))
            case 2: bytes.replaceSubrange(place...place, with: [0xFF, 0xFF, 0xFF, 0xFF, 0x07])
            case 3: bytes.removeSubrange(place...)
            case 4:
                let end = min(bytes.count, place + generator.integer(in: 1...64))
                bytes.insert(contentsOf: bytes[place..<end], at: generator.integer(in: 0...bytes.count - 1))
            case 5 where !pieces.isEmpty: bytes.insert(contentsOf: Array(generator.element(of: pieces).utf8), at: place)
            default: bytes.removeSubrange(place..<min(bytes.count, place + generator.integer(in: 1...16)))
            }
        }
        return bytes
    }
}

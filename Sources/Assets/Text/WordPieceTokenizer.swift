/// WordPiece in BERT's variant: words are cut greedily into the longest pieces that the vocabulary holds.
public struct WordPieceTokenizer: Sendable {
    private let basic: BasicTokenizer
    // Bytes and not strings are compared: Swift's strings are equal when they are canonically equivalent, and a token
    // that begins with a combining mark would merge with what stands before it.
    private let wholes: [[UInt8]: Int64]
    private let continuations: [[UInt8]: Int64]
    private let special: [[UInt8]: Int64]
    private let longest: Int
    private let unknown: Int64
    private let opening: Int64
    private let separator: Int64
    private let padding: Int64
    /// Words of more characters become one unknown token.
    private static let maxCharacters = 100

    /// Makes a tokenizer.
    ///
    /// - Throws: `AssetError` when the vocabulary lacks [UNK], [CLS], [SEP] or [PAD].
    public init(
        vocabulary: WordPieceVocabulary, lowercase: Bool, stripAccents: Bool, subject: String
    ) throws(AssetError) {
        basic = BasicTokenizer(lowercase: lowercase, stripAccents: stripAccents)
        unknown = try vocabulary.required("[UNK]", subject: subject)
        opening = try vocabulary.required("[CLS]", subject: subject)
        separator = try vocabulary.required("[SEP]", subject: subject)
        padding = try vocabulary.required("[PAD]", subject: subject)
        var wholes: [[UInt8]: Int64] = [:]
        var continuations: [[UInt8]: Int64] = [:]
        for (token, identifier) in vocabulary.identifiers {
            let bytes = Array(token.utf8)
            if bytes.starts(with: "##".utf8) { continuations[Array(bytes.dropFirst(2))] = identifier }
            wholes[bytes] = identifier
        }
        self.wholes = wholes
        self.continuations = continuations
        special = Dictionary(
            uniqueKeysWithValues: ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"].compactMap { token in
                vocabulary.identifiers[token].map { (Array(token.utf8), $0) }
            })
        longest = vocabulary.identifiers.keys.map(\.unicodeScalars.count).max() ?? 0
    }

    /// Encodes a text or a pair: [CLS] first [SEP] (second [SEP]), cut to a length and, if asked for, padded to it.
    public func encode(_ text: SampleText, maxLength: Int, pads: Bool) -> TokenEncoding {
        let first = tokens(of: text.first)
        let second = text.second.map(tokens(of:))
        let room = max(0, maxLength - (second == nil ? 2 : 3))
        let lengths = Self.truncated(first.count, second?.count, to: room)
        var encoding = TokenEncoding()
        encoding.append([opening] + first.prefix(lengths.0) + [separator], type: 0)
        if let second { encoding.append(Array(second.prefix(lengths.1)) + [separator], type: 1) }
        if pads { encoding.pad(to: maxLength, with: padding) }
        return encoding
    }

    /// The tokens of a text, special tokens written out in it being recognised.
    public func tokens(of text: String) -> [Int64] {
        var result: [Int64] = []
        var rest = Array(text.utf8)[...]
        while let (start, length, identifier) = nextSpecial(in: rest) {
            result += pieces(of: rest[..<start])
            result.append(identifier)
            rest = rest[(start + length)...]
        }
        return result + pieces(of: rest)
    }

    private func nextSpecial(in text: ArraySlice<UInt8>) -> (start: Int, length: Int, identifier: Int64)? {
        for start in text.indices where text[start] == UInt8(ascii: "[") {
            if let match = special.first(where: { text[start...].starts(with: $0.key) }) {
                return (start, match.key.count, match.value)
            }
        }
        return nil
    }

    private func pieces(of text: ArraySlice<UInt8>) -> [Int64] {
        basic.words(of: String(decoding: text, as: UTF8.self)).flatMap(pieces(of:))
    }

    private func pieces(of word: [Unicode.Scalar]) -> [Int64] {
        guard word.count <= Self.maxCharacters else { return [unknown] }
        var bytes: [UInt8] = []
        var offsets = [0]
        for scalar in word {
            bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
            offsets.append(bytes.count)
        }
        var result: [Int64] = []
        var start = 0
        while start < word.count {
            let table = start == 0 ? wholes : continuations
            var end = min(word.count, start + longest)
            var found: Int64?
            while end > start {
                found = table[Array(bytes[offsets[start]..<offsets[end]])]
                if found != nil { break }
                end -= 1
            }
            guard let found else { return [unknown] }
            result.append(found)
            start = end
        }
        return result
    }

    /// How much of each text is kept: the longer one is cut first (`longest_first` of the `tokenizers` library).
    private static func truncated(_ first: Int, _ second: Int?, to room: Int) -> (Int, Int) {
        guard let second else { return (min(first, room), 0) }
        guard first + second > room else { return (first, second) }
        var (shorter, longer) = (min(first, second), max(first, second))
        longer = shorter > room ? shorter : max(shorter, room - shorter)
        if shorter + longer > room {
            shorter = room / 2
            longer = shorter + room % 2
        }
        return first > second ? (longer, shorter) : (shorter, longer)
    }
}

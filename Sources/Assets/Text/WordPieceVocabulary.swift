import Foundation
public import Tensors

/// The tokens of a WordPiece model and their numbers, read from `vocab.txt` or from a `tokenizer.json`.
public struct WordPieceVocabulary: Sendable {
    /// The number of each token.
    public let identifiers: [String: Int64]
    /// Whether the file says that text is lower-cased; `nil` where it says nothing, as `vocab.txt` does.
    public let statedLowercase: Bool?

    /// Reads a vocabulary: one token a line, or the JSON of the `tokenizers` library.
    ///
    /// - Throws: `AssetError` of code `malformed` or `unsupported`.
    public init(_ bytes: Bytes, subject: String) throws(AssetError) {
        if bytes.count > 0, bytes[0] == UInt8(ascii: "{") {
            self = try Self.tokenizer(bytes, subject: subject)
        } else {
            self = try Self.lines(bytes, subject: subject)
        }
    }

    private init(identifiers: [String: Int64], statedLowercase: Bool?) {
        self.identifiers = identifiers
        self.statedLowercase = statedLowercase
    }

    private struct Tokenizer: Decodable {
        struct Model: Decodable {
            let type: String?
            let vocab: [String: Int64]
            let continuing_subword_prefix: String?
        }
        struct Normalizer: Decodable { let lowercase: Bool? }
        let model: Model
        let normalizer: Normalizer?
    }

    private struct Kind: Decodable {
        struct Model: Decodable { let type: String? }
        let model: Model
    }

    private static func tokenizer(_ bytes: Bytes, subject: String) throws(AssetError) -> WordPieceVocabulary {
        let data = Data(bytes.array)
        if let kind = try? JSONDecoder().decode(Kind.self, from: data).model.type, kind != "WordPiece" {
            throw AssetError(
                .unsupported, subject: subject, reason: "it is a \(kind) tokenizer",
                remedy: "give the vocabulary of a WordPiece model")
        }
        guard let file = try? JSONDecoder().decode(Tokenizer.self, from: data) else {
            throw AssetError(
                .malformed, subject: subject, reason: "it is not the JSON of a WordPiece tokenizer",
                remedy: "give a vocab.txt or a tokenizer.json")
        }
        guard file.model.continuing_subword_prefix ?? "##" == "##" else {
            throw AssetError(
                .unsupported, subject: subject, reason: "its subwords do not begin with ##")
        }
        return WordPieceVocabulary(identifiers: file.model.vocab, statedLowercase: file.normalizer?.lowercase)
    }

    private static func lines(_ bytes: Bytes, subject: String) throws(AssetError) -> WordPieceVocabulary {
        guard let text = String(validating: bytes.array, as: UTF8.self) else {
            throw AssetError(.malformed, subject: subject, reason: "it is not UTF-8")
        }
        var identifiers: [String: Int64] = [:]
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (number, token) in lines.enumerated() where !token.isEmpty { identifiers[String(token)] = Int64(number) }
        return WordPieceVocabulary(identifiers: identifiers, statedLowercase: nil)
    }

    /// The number of a token that must exist.
    func required(_ token: String, subject: String) throws(AssetError) -> Int64 {
        guard let identifier = identifiers[token] else {
            throw AssetError(
                .malformed, subject: subject, reason: "the vocabulary lacks the token \(token)",
                remedy: "give the vocabulary of a BERT model")
        }
        return identifier
    }
}

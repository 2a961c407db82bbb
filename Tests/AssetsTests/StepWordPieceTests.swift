import Assets
import Foundation
import Tensors
import Testing

@Suite struct StepWordPieceTests {
    struct Case: Decodable {
        let text: [String]
        let lowercase: Bool
        let accents: Bool
        let length: Int
        let pads: Bool
        let ids: [Int64]
        let mask: [Int64]
        let types: [Int64]
    }

    struct File: Decodable {
        let vocabulary: [String]
        let cases: [Case]
    }

    let file: File
    let vocabulary: WordPieceVocabulary

    init() throws {
        file = try StepGoldens.json("tokens.json", as: File.self)
        let text = file.vocabulary.joined(separator: "\n") + "\n"
        vocabulary = try WordPieceVocabulary(Bytes(copying: text.utf8), subject: "vocab.txt")
    }

    @Test func equalsTheTokenizersLibrary() throws {
        #expect(file.cases.count == 204)
        for golden in file.cases {
            let tokenizer = try WordPieceTokenizer(
                vocabulary: vocabulary, lowercase: golden.lowercase, stripAccents: golden.accents, subject: "")
            let text = SampleText(golden.text[0], golden.text.count > 1 ? golden.text[1] : nil)
            let encoding = tokenizer.encode(text, maxLength: golden.length, pads: golden.pads)
            let place = "\(golden.text), lowercase \(golden.lowercase), accents \(golden.accents), \(golden.length)"
            #expect(encoding.identifiers == golden.ids, "\(place)")
            #expect(encoding.mask == golden.mask, "\(place)")
            #expect(encoding.types == golden.types, "\(place)")
        }
    }

    @Test func readsLinesOfEitherKindAndJSON() throws {
        let windows = try WordPieceVocabulary(Bytes(copying: Array("[PAD]\r\na\r\n##b".utf8)), subject: "v")
        #expect(windows.identifiers == ["[PAD]": 0, "a": 1, "##b": 2])
        let json = #"{"model": {"type": "WordPiece", "vocab": {"a": 7}}, "normalizer": {"lowercase": true}}"#
        let parsed = try WordPieceVocabulary(Bytes(copying: Array(json.utf8)), subject: "v")
        #expect(parsed.identifiers == ["a": 7] && parsed.statedLowercase == true)
        for wrong in [#"{"model": {"type": "BPE", "vocab": {}, "merges": []}}"#, "{", #"{"a": 1}"#] {
            #expect(throws: AssetError.self) {
                try WordPieceVocabulary(Bytes(copying: Array(wrong.utf8)), subject: "v")
            }
        }
    }

    @Test func refusesAVocabularyWithoutSpecialTokensOrWithOtherCase() throws {
        let few = try WordPieceVocabulary(Bytes(copying: Array("a\nb\n".utf8)), subject: "v")
        #expect(throws: AssetError.self) {
            try WordPieceTokenizer(vocabulary: few, lowercase: true, stripAccents: true, subject: "v")
        }
        let json =
            #"{"model": {"vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "[PAD]": 3}}, "normalizer": {"lowercase": true}}"#
        let resources = StepResources { _ throws(AssetError) in Bytes(copying: Array(json.utf8)) }
        let step = WordPiece(vocabulary: "v", lowercase: false, stripAccents: false, maxLength: 8, padding: .none)
        #expect(throws: AssetError.self) { try step.prepare(resources) }
    }
}

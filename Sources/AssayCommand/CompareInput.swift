import Assets
import Foundation
import Records
import ResultStore
import Studies

/// What the words of `assay compare` name: models, or records of the store and of files.
enum CompareInput {
    case none
    case models([String])
    /// One list of records a side.
    case records([[RecordArchive]])

    /// Finds out what the words name.
    ///
    /// A file or an entry of the zoo is a model, a JSON file or the beginning of a record's name is a record; records with
    /// commas between them are one side.
    static func resolve(_ words: [String], store: SQLiteStore) async throws -> CompareInput {
        guard !words.isEmpty else { return .none }
        let kinds = words.map { $0.split(separator: ",").allSatisfy { isRecord(String($0)) } }
        guard kinds.contains(true) else { return .models(words) }
        if let model = zip(words, kinds).first(where: { !$1 })?.0 {
            throw Failure(
                .wrongInput, code: "command.sides", subject: model,
                reason: "it is a model, and other sides are records",
                remedy: "compare records with records: `assay evaluate \(model)` makes one")
        }
        var sides: [[RecordArchive]] = []
        for word in words {
            var side: [RecordArchive] = []
            for part in word.split(separator: ",") { side.append(try await archive(String(part), store)) }
            sides.append(side)
        }
        return .records(sides)
    }

    private static func isRecord(_ word: String) -> Bool {
        if word.hasSuffix(".json") { return true }
        guard !word.hasSuffix(".onnx"), !FileManager.default.fileExists(atPath: word) else { return false }
        return word == "latest" || (try? ModelZoo.entry(named: word)) == nil && (word.first?.isNumber ?? false)
    }

    /// The record of a file, or of the store by the beginning of its name.
    static func archive(_ word: String, _ store: SQLiteStore) async throws -> RecordArchive {
        guard word.hasSuffix(".json") else { return try await store.archive(try await store.resolve(word)) }
        guard let data = FileManager.default.contents(atPath: word) else {
            throw Failure(
                .wrongInput, code: "command.unreadable", subject: word, reason: "there is no such file",
                remedy: "check the path")
        }
        return try RecordArchive(json: data, subject: word)
    }
}

import Foundation

/// The sides of all cases on one engine, as a text file keeps them: one case a line, sorted by name, after a comment that
/// names the engine.
///
/// A test holds each list: a case that changes side without an edit of the list fails. For the native engine each case
/// that does not pass has a reason, written by hand.
public struct ConformanceList: Sendable, Hashable {
    /// One line.
    public struct Entry: Sendable, Hashable {
        /// Where the case is, as `ConformanceResult.word` has it.
        public var side: String
        /// Why it does not pass; empty where nobody wrote it.
        public var reason = ""
    }

    /// The engine with the version that its library reports.
    public var engine: String
    /// The cases by name.
    public var entries: [String: Entry]

    /// The list of a stack; `nil` where it could not be opened.
    ///
    /// - Parameter former: the list so far, whose reasons stay where the side does.
    public init?(_ stack: StackConformance, keepingReasonsOf former: ConformanceList? = nil) {
        guard let identity = stack.identity else { return nil }
        engine = EngineList.title(identity)
        entries = [:]
        for result in stack.results {
            let old = former?.entries[result.name]
            entries[result.name] = Entry(
                side: result.word, reason: old?.side == result.word ? old?.reason ?? "" : "")
        }
    }

    /// Reads a file; `nil` when the comment is missing.
    public init?(text: String) {
        guard let list = EngineList(text: text) else { return nil }
        engine = list.engine
        entries = [:]
        for line in list.lines {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { return nil }
            let parts = words[1].split(separator: ":", maxSplits: 1)
            entries[String(words[0])] = Entry(
                side: String(parts.first ?? ""),
                reason: parts.count > 1 ? String(parts[1].drop(while: \.isWhitespace)) : "")
        }
    }

    /// Reads the list of an engine in a folder; `nil` where there is none.
    public init?(engine: String, in folder: String) {
        guard let content = FileManager.default.contents(atPath: "\(folder)/\(Self.fileName(engine: engine))") else {
            return nil
        }
        self.init(text: String(decoding: content, as: UTF8.self))
    }

    /// The file.
    public var text: String {
        let comments = [
            "One node case of the onnx package a line, and its side: passes (as it is stamped), re-stamped (passes once its",
            "version stamps are lowered), wrong, lacks (an operator or type), fails (ended its process), the last three with",
            "re-stamped- before them where the stamps were refused; then why.",
            "Written by `assay engines --conformance --write-lists Conformance`, reasons by hand.",
        ]
        let lines = entries.sorted { $0.key < $1.key }.map { name, entry in
            "\(name) \(entry.side)" + (entry.reason.isEmpty ? "" : ": \(entry.reason)")
        }
        return EngineList.text(engine: engine, comments: comments, lines: lines)
    }

    /// The numbers of the page: passing as stamped, refused for the stamp, passing re-stamped, wrong, lacking, failing.
    public var counts: [Int] {
        let sides = entries.values.map(\.side)
        let words = ["passes", "re-stamped", "wrong", "lacks", "fails"]
        let ends = words.map { word in sides.count { $0 == word || $0 == "re-stamped-\(word)" } }
        return [ends[0], sides.count { $0.hasPrefix("re-stamped") }] + ends.dropFirst()
    }

    /// The cases that do not pass and whose reason nobody wrote.
    public var unexplained: [String] {
        entries.filter { !["passes", "re-stamped"].contains($0.value.side) && $0.value.reason.isEmpty }.keys.sorted()
    }

    /// The name of the file for an engine: `onnx-onnxruntime.txt`.
    public static func fileName(engine: String) -> String { "onnx-\(engine).txt" }
}

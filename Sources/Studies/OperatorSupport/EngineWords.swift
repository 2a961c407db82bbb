/// Cuts what an engine says of a refusal to one line that a table can hold, the same in every run.
enum EngineWords {
    /// The longest line, in characters.
    static let limit = 160

    /// The first line that says something, without places in the engine's source, cut at a word.
    static func brief(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { trimmed(plain(String($0))) }.filter { !$0.isEmpty }
        // Engines stack messages as exceptions are passed on; a line that ends so announces the next one.
        let telling = lines.first { !$0.hasSuffix(":") } ?? lines.first ?? ""
        guard telling.count > limit else { return telling }
        let words = telling.prefix(limit)
        return words[..<(words.lastIndex(of: " ") ?? words.endIndex)] + " …"
    }

    /// Without file, line and function, without what OpenVINO's passes dump of a graph, and without the counters in the
    /// names that it makes up.
    private static func plain(_ line: String) -> String {
        var line = line.replacing(#//\S+\.(?:cc|h|cpp|hpp):\d+ .*?\)(?: const)?(?: \[with [^\]]*\])? /#, with: "")
        if let thrown = line.ranges(of: "HAS THROWN: ").last { line = String(line[thrown.upperBound...]) }
        return line.replacing(#/_\d{3,}/#, with: "")
    }

    private static func trimmed(_ line: String) -> String {
        let body = line.drop(while: \.isWhitespace)
        return String(body.reversed().drop(while: \.isWhitespace).reversed())
    }
}

/// What a spec's text may take, so that a hostile one costs neither memory nor stack.
enum SpecLimits {
    /// Bytes of text.
    static let bytes = 1 << 20
    /// Nodes after aliases are expanded.
    static let nodes = 100_000
    /// Aliases; each may multiply the tree below it.
    static let aliases = 16
    /// Brackets open at once.
    static let brackets = 64
    /// Columns of indentation.
    static let indentation = 256

    /// Looks over the text before it is parsed; the reason and place when it is refused.
    ///
    /// The parser and the release of its tree are recursive, so depth is bounded here: every level of nesting takes a
    /// bracket, or a column of indentation, dashes and question marks at the beginning of a line.
    static func violation(_ text: String) -> (reason: String, mark: SpecMark?)? {
        let bytes = text.utf8
        if bytes.count > Self.bytes { return ("it is larger than a mebibyte", nil) }
        var line = 1
        var leading = 0
        var isLeading = true
        var open = 0
        var aliases = 0
        var previous = UInt8(ascii: "\n")
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                line += byte == UInt8(ascii: "\n") ? 1 : 0
                leading = 0
                isLeading = true
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "\t"):
                leading += isLeading ? 1 : 0
            default:
                isLeading = false
                if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { open += 1 }
                if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { open = max(0, open - 1) }
                if byte == UInt8(ascii: "*"), " \t\r\n[{,:-?".utf8.contains(previous) { aliases += 1 }
            }
            let mark = SpecMark(line: line, column: 1)
            if leading > indentation { return ("it is indented by more than \(indentation) columns", mark) }
            if open > brackets { return ("more than \(brackets) brackets are open at once", mark) }
            if aliases > Self.aliases { return ("it uses more than \(Self.aliases) aliases", mark) }
            previous = byte
        }
        return nil
    }
}

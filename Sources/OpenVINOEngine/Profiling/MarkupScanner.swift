/// Walks the tags of the XML that the library writes: no comments, no sections of raw text, attributes in double quotes.
struct MarkupScanner {
    /// A tag with its attributes.
    struct Tag {
        let name: String
        /// `</name>`.
        let isEnd: Bool
        /// `<name/>`.
        let isEmpty: Bool
        let attributes: [(name: String, value: String)]

        subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next tag; `nil` at the end, and where the text is cut off.
    mutating func next() -> Tag? {
        while place < bytes.count {
            guard let begin = bytes[place...].firstIndex(of: UInt8(ascii: "<")) else { return nil }
            place = begin + 1
            guard place < bytes.count else { return nil }
            let isEnd = bytes[place] == UInt8(ascii: "/")
            if isEnd { place += 1 }
            let isDeclaration = place < bytes.count && bytes[place] == UInt8(ascii: "?")
            let name = word()
            var attributes: [(name: String, value: String)] = []
            var isEmpty = false
            while place < bytes.count, bytes[place] != UInt8(ascii: ">") {
                if bytes[place] == UInt8(ascii: "/") { isEmpty = true }
                if Self.isName(bytes[place]) {
                    let key = word()
                    if let value = quoted() { attributes.append((key, value)) }
                } else {
                    place += 1
                }
            }
            guard place < bytes.count else { return nil }
            place += 1
            if !isDeclaration { return Tag(name: name, isEnd: isEnd, isEmpty: isEmpty, attributes: attributes) }
        }
        return nil
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ":"):
            true
        default: byte >= 0x80
        }
    }

    private mutating func word() -> String {
        let begin = place
        while place < bytes.count, Self.isName(bytes[place]) { place += 1 }
        return String(decoding: bytes[begin..<place], as: UTF8.self)
    }

    /// The value behind `=`; `nil` where there is none.
    private mutating func quoted() -> String? {
        guard place + 1 < bytes.count, bytes[place] == UInt8(ascii: "="), bytes[place + 1] == UInt8(ascii: "\"") else {
            return nil
        }
        place += 2
        let begin = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") { place += 1 }
        let text = String(decoding: bytes[begin..<place], as: UTF8.self)
        if place < bytes.count { place += 1 }
        return text.contains("&") ? Self.unescaped(text) : text
    }

    private static func unescaped(_ text: String) -> String {
        var result = text
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
            result = result.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return result
    }
}

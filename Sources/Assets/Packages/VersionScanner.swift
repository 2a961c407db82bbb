/// Reads the parts of a PEP 440 version from left to right, ignoring case and separators where the rule does.
struct VersionScanner {
    private var rest: Substring

    init(_ text: String) {
        rest = Substring(text.lowercased())
    }

    var isAtEnd: Bool { rest.isEmpty }

    @discardableResult
    mutating func skip(_ prefix: String) -> Bool {
        guard rest.hasPrefix(prefix) else { return false }
        rest = rest.dropFirst(prefix.count)
        return true
    }

    mutating func number() -> Int? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let value = Int(digits) else { return nil }
        rest = rest.dropFirst(digits.count)
        return value
    }

    mutating func numberAfterDot() -> Int? {
        guard rest.first == ".", rest.dropFirst().first?.isNumber == true else { return nil }
        rest = rest.dropFirst()
        return number()
    }

    private mutating func skipSeparator() {
        if let first = rest.first, ".-_".contains(first) { rest = rest.dropFirst() }
    }

    /// A label with an optional separator before and an optional number after it.
    mutating func labelled(_ label: String) -> Int? {
        let start = rest
        skipSeparator()
        guard skip(label) else {
            rest = start
            return nil
        }
        let afterLabel = rest
        skipSeparator()
        if let value = number() { return value }
        rest = afterLabel
        return 0
    }

    mutating func preRelease() -> PackageVersion.PreRelease? {
        let labels: [(String, PackageVersion.Stage)] = [
            ("alpha", .alpha), ("a", .alpha), ("beta", .beta), ("b", .beta), ("preview", .candidate),
            ("pre", .candidate), ("rc", .candidate), ("c", .candidate),
        ]
        for (label, stage) in labels {
            if let number = labelled(label) { return .init(stage: stage, number: number) }
        }
        return nil
    }

    mutating func postRelease() -> Int? {
        for label in ["post", "rev", "r"] {
            if let number = labelled(label) { return number }
        }
        let start = rest
        if skip("-"), let number = number() { return number }
        rest = start
        return nil
    }

    /// The label after `+`, empty where there is none; `nil` when it is malformed.
    mutating func localLabel() -> String? {
        guard skip("+") else { return "" }
        let label = rest
        guard !label.isEmpty, label.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) })
        else { return nil }
        rest = rest.dropFirst(label.count)
        return String(label)
    }
}

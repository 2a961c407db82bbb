/// Reads a regular expression in the syntax of RE2 (github.com/google/re2/wiki/Syntax).
///
/// Scripts (`\p{Greek}`) and single bytes (`\C`) are refused.
struct PatternParser {
    /// How letters, dots and anchors are meant, as `(?ims)` sets it for the rest of a group.
    private struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotTakesNewline = false
    }

    /// The largest count of a repetition, as in RE2.
    private static let limit = 1000
    /// The deepest nesting of groups; the parser calls itself for each.
    private static let deepest = 250

    private let pattern: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private var flags = Flags()

    init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

    /// The whole pattern.
    mutating func parse() throws(PatternError) -> PatternNode {
        let node = try choice()
        if position < pattern.count { throw error("a parenthesis is closed that was never opened") }
        return node
    }

    private var next: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

    private func error(_ reason: String) -> PatternError { PatternError(position: position + 1, reason: reason) }

    /// Steps over a text where it stands next.
    private mutating func take(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard pattern[position...].starts(with: scalars) else { return false }
        position += scalars.count
        return true
    }

    private mutating func takeScalar() throws(PatternError) -> Unicode.Scalar {
        guard let scalar = next else { throw error("it ends too early") }
        position += 1
        return scalar
    }

    // MARK: Structure

    private mutating func choice() throws(PatternError) -> PatternNode {
        depth += 1
        if depth > Self.deepest { throw error("groups are nested too deeply") }
        var alternatives = [try sequence()]
        while take("|") { alternatives.append(try sequence()) }
        depth -= 1
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if take("\\Q") {
                try quotation(&nodes)
            } else if let node = try atom() {
                nodes.append(try repeated(node))
            }
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    /// Literal text up to `\E`; a repetition after it concerns its last scalar.
    private mutating func quotation(_ nodes: inout [PatternNode]) throws(PatternError) {
        while position < pattern.count, !take("\\E") { nodes.append(.scalar(literal(try takeScalar()))) }
        if let last = nodes.popLast() { nodes.append(try repeated(last)) }
    }

    /// The element that stands next; `nil` for one that only sets flags.
    private mutating func atom() throws(PatternError) -> PatternNode? {
        let scalar = try takeScalar()
        switch scalar {
        case "(": return try group()
        case "[": return .scalar(try characterClass())
        case ".": return .scalar(flags.dotTakesNewline ? .any : ScalarSet("\n").inverted)
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "\\": return try escape()
        case "*", "+", "?":
            position -= 1
            throw error("'\(scalar)' has nothing to repeat")
        default: return .scalar(literal(scalar))
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> ScalarSet { cased(ScalarSet(scalar)) }

    /// The set as the flags in force mean it; what is negated is negated after.
    private func cased(_ set: ScalarSet) -> ScalarSet {
        var set = set
        set.ignoresCase = flags.ignoresCase
        return set
    }

    // MARK: Repetition

    private mutating func repeated(_ node: PatternNode) throws(PatternError) -> PatternNode {
        guard let (least, most) = try count() else { return node }
        // Which of several matches is preferred makes no difference.
        _ = take("?")
        if let following = next, "*+?".unicodeScalars.contains(following) {
            throw error("a repetition is repeated")
        }
        if try count() != nil { throw error("a repetition is repeated") }
        return .repetition(node, least: least, most: most)
    }

    private mutating func count() throws(PatternError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = position
        // Braces that hold no count stand for themselves.
        guard take("{"), let least = number(), let most = upperBound(least), take("}") else {
            position = start
            return nil
        }
        guard least <= Self.limit, most ?? 0 <= Self.limit, least <= most ?? least else {
            throw error("a count is above \(Self.limit), or its bounds stand in the wrong order")
        }
        return (least, most)
    }

    /// What follows the least count: nothing, a comma, or a comma and the largest count.
    private mutating func upperBound(_ least: Int) -> Int?? {
        guard take(",") else { return .some(least) }
        if next == "}" { return .some(nil) }
        return number().map { .some($0) }
    }

    private mutating func number() -> Int? {
        let digits = pattern[position...].prefix { ScalarSet.digit.contains($0) }
        guard !digits.isEmpty, digits.count < 9 else { return nil }
        position = digits.endIndex
        return digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
    }

    // MARK: Groups

    private mutating func group() throws(PatternError) -> PatternNode? {
        let outer = flags
        if take("?") {
            if take("P<") || take("<") {
                let name = pattern[position...].prefix { ScalarSet.word.contains($0) }
                position = name.endIndex
                guard !name.isEmpty, take(">") else { throw error("the name of a group is malformed") }
            } else if try !setFlags() {
                return nil
            }
        }
        let node = try choice()
        guard take(")") else { throw error("a parenthesis is not closed") }
        flags = outer
        return node
    }

    /// Reads flags up to `:`, after which a group follows (true), or `)`.
    private mutating func setFlags() throws(PatternError) -> Bool {
        var isOn = true
        while true {
            switch try takeScalar() {
            case "i": flags.ignoresCase = isOn
            case "m": flags.isMultiline = isOn
            case "s": flags.dotTakesNewline = isOn
            case "U": break
            case "-" where isOn: isOn = false
            case ":": return true
            case ")": return false
            default:
                position -= 1
                throw error("groups of this kind are not known")
            }
        }
    }

    // MARK: Escapes and classes

    private mutating func escape() throws(PatternError) -> PatternNode {
        if take("A") { return .assertion(.textStart) }
        if take("z") { return .assertion(.textEnd) }
        if take("b") { return .assertion(.wordBoundary) }
        if take("B") { return .assertion(.noWordBoundary) }
        if let set = try escapedClass() { return .scalar(set) }
        return .scalar(literal(try escapedScalar()))
    }

    /// The class that the letter after a backslash names; `nil` where it names none.
    private mutating func escapedClass() throws(PatternError) -> ScalarSet? {
        let named: [(String, ScalarSet)] = [("d", .digit), ("s", .space), ("w", .word)]
        for (letter, set) in named {
            if take(letter) { return cased(set) }
            if take(letter.uppercased()) { return cased(set).inverted }
        }
        let isNegated = next == "P"
        guard take("p") || take("P") else { return nil }
        var name = String(try takeScalar())
        if name == "{" {
            name = ""
            while !take("}") { name.unicodeScalars.append(try takeScalar()) }
        }
        let isInverted = name.hasPrefix("^")
        if isInverted { name.removeFirst() }
        guard let set = ScalarSet.category(name) else {
            throw error("'\(name)' is no general category of Unicode")
        }
        return isNegated != isInverted ? cased(set).inverted : cased(set)
    }

    private mutating func escapedScalar() throws(PatternError) -> Unicode.Scalar {
        let scalar = try takeScalar()
        switch scalar {
        case "a": return "\u{07}"
        case "f": return "\u{0C}"
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "v": return "\u{0B}"
        case "x": return try hexadecimal()
        case "0"..."7": return try octal(scalar)
        default:
            guard !ScalarSet.word.contains(scalar), scalar.isASCII else {
                position -= 1
                throw error("'\\\(scalar)' is not known")
            }
            return scalar
        }
    }

    private mutating func hexadecimal() throws(PatternError) -> Unicode.Scalar {
        var digits = ""
        if take("{") {
            while !take("}") { digits.unicodeScalars.append(try takeScalar()) }
        } else {
            for _ in 0..<2 { digits.unicodeScalars.append(try takeScalar()) }
        }
        guard digits.unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit), let value = UInt32(digits, radix: 16),
            let scalar = Unicode.Scalar(value)
        else { throw error("'\(digits)' is the number of no character") }
        return scalar
    }

    /// Up to three octal digits, the first being 0 where there is but one: `\1` would refer to a group.
    private mutating func octal(_ first: Unicode.Scalar) throws(PatternError) -> Unicode.Scalar {
        var value = first.value - 48
        var count = 1
        while count < 3, let digit = next, ("0"..."7").contains(digit) {
            value = value * 8 + digit.value - 48
            position += 1
            count += 1
        }
        guard first == "0" || count > 1, let scalar = Unicode.Scalar(value) else {
            throw error("references to groups are not known")
        }
        return scalar
    }

    private mutating func characterClass() throws(PatternError) -> ScalarSet {
        var set = ScalarSet()
        set.isNegated = take("^")
        set.ignoresCase = flags.ignoresCase
        var isFirst = true
        while isFirst || !take("]") {
            isFirst = false
            if let part = try classMember() {
                set.insert(part)
                continue
            }
            let low = try classScalar()
            var high = low
            if next == "-", position + 1 < pattern.count, pattern[position + 1] != "]" {
                position += 1
                high = try classScalar()
            }
            guard low <= high else { throw error("the range \(low)-\(high) is empty") }
            set.insert(low...high)
        }
        return set
    }

    /// A named class inside brackets; `nil` where a single scalar stands next.
    private mutating func classMember() throws(PatternError) -> ScalarSet? {
        if take("[:") {
            let isNegated = take("^")
            var name = ""
            while !take(":]") { name.unicodeScalars.append(try takeScalar()) }
            guard let set = ScalarSet.named(name) else { throw error("there is no class '\(name)'") }
            return isNegated ? cased(set).inverted : cased(set)
        }
        guard take("\\") else { return nil }
        if let set = try escapedClass() { return set }
        position -= 1
        return nil
    }

    private mutating func classScalar() throws(PatternError) -> Unicode.Scalar {
        let scalar = try takeScalar()
        return scalar == "\\" ? try escapedScalar() : scalar
    }
}

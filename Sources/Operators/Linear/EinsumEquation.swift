import Graphs

/// An equation of the Einstein summation convention, `bij, bjk -> bik`, read for operands of known ranks.
struct EinsumEquation {
    /// A letter by its code, or an axis of the ellipsis by its place from the end, below 0.
    typealias Label = Int

    /// The label of each axis of each operand.
    let terms: [[Label]]
    /// The label of each axis of the result.
    let result: [Label]
    /// The labels that are summed over.
    let summed: [Label]

    init(_ text: String, ranks: [Int], path: String) throws(OperatorError) {
        let compact = text.utf8.filter { $0 != UInt8(ascii: " ") }
        let sides = Self.split(compact, at: Array("->".utf8))
        let operands = Self.split(sides[0], at: [UInt8(ascii: ",")])
        guard sides.count <= 2, operands.count == ranks.count else {
            throw Self.error("'\(text)' does not fit \(ranks.count) operands", path)
        }
        var terms: [[Label]] = []
        for (term, rank) in zip(operands, ranks) {
            let letters = term.count { $0 != UInt8(ascii: ".") }
            guard letters == term.count ? letters == rank : letters <= rank else {
                throw Self.error("a term of '\(text)' does not name \(rank) axes", path)
            }
            terms.append(try Self.labels(term, ellipsis: rank - letters, text, path))
        }
        let known = Set(terms.joined())
        let ellipsis = known.filter { $0 < 0 }.sorted()
        if sides.count == 2 {
            result = try Self.labels(sides[1], ellipsis: ellipsis.count, text, path)
            guard Set(result).count == result.count, Set(result).isSubset(of: known) else {
                throw Self.error("the result of '\(text)' names a letter twice or one of no term", path)
            }
        } else {
            let counts = Dictionary(terms.joined().map { ($0, 1) }, uniquingKeysWith: +)
            result = ellipsis + counts.filter { $0.key >= 0 && $0.value == 1 }.keys.sorted()
        }
        self.terms = terms
        summed = known.subtracting(result).sorted()
    }

    private static func error(_ reason: String, _ path: String) -> OperatorError {
        OperatorError(
            .attribute, subject: path, reason: "equation \(reason)",
            remedy: "name each axis by a letter, or axes of all operands by one ellipsis")
    }

    private static func split(_ text: [UInt8], at separator: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var index = 0
        while index < text.count {
            if text[index...].starts(with: separator) {
                parts.append([])
                index += separator.count
            } else {
                parts[parts.count - 1].append(text[index])
                index += 1
            }
        }
        return parts
    }

    /// The labels of one term, whose ellipsis stands for a number of axes.
    private static func labels(
        _ term: [UInt8], ellipsis: Int, _ text: String, _ path: String
    ) throws(OperatorError) -> [Label] {
        var labels: [Label] = []
        let parts = split(term, at: Array("...".utf8))
        for (number, part) in parts.enumerated() {
            if number == 1 { labels += (0..<ellipsis).map { $0 - ellipsis } }
            for byte in part {
                guard UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
                else { throw error("'\(text)' holds '\(Character(Unicode.Scalar(byte)))'", path) }
                labels.append(Int(byte))
            }
        }
        guard parts.count <= 2 else { throw error("'\(text)' has two ellipses in a term", path) }
        return labels
    }

    /// The extent of each label: operands agree, or an extent of 1 is stretched.
    ///
    /// - Throws: `OperatorError` of code `shape` where extents contradict.
    func extents(_ shapes: [SymbolicShape?], _ path: String) throws(OperatorError) -> [Label: Dimension] {
        var extents: [Label: Dimension] = [:]
        for (term, shape) in zip(terms, shapes) {
            for (axis, label) in term.enumerated() {
                let own = shape?.dimensions[axis] ?? .unknown
                guard let joined = Broadcasting.join(extents[label] ?? own, own) else {
                    let texts = shapes.map { $0?.text ?? "?" }.joined(separator: ", ")
                    throw OperatorError(
                        .shape, subject: path, reason: "an index has two extents in operands of shapes \(texts)")
                }
                extents[label] = joined
            }
        }
        return extents
    }
}

import Foundation
import Graphs
import Tensors

/// Strings without stop words, in lower or upper case where that is asked for.
struct StringNormalizer: Operator {
    let name = "StringNormalizer"
    let family = OperatorFamily.text
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("X", TypeSets.string)], outputs: [.init("Y", TypeSets.string)],
        attributes: [
            .init("case_change_action", default: .string("NONE")), .init("is_case_sensitive", default: .int(0)),
            .init("locale"), .init("stopwords"),
        ], versions: [10])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard let dimensions = site.shape(0)?.dimensions else { return [.tensor(.string, nil)] }
        try check(dimensions, site.path)
        let isUnchanged = try (attributes(site).optionalStrings("stopwords") ?? []).isEmpty
        let count = dimensions.last.flatMap(\.value) ?? 0
        let words: Graphs.Dimension = isUnchanged && count > 0 ? .fixed(count) : .unknown
        return [.tensor(.string, SymbolicShape(dimensions.dropLast().map { _ in .fixed(1) } + [words]))]
    }

    private func check(_ dimensions: [Graphs.Dimension], _ path: String) throws(OperatorError) {
        guard dimensions.count == 1 || dimensions.count == 2 && dimensions[0].value ?? 1 == 1 else {
            throw OperatorError(
                .shape, subject: path,
                reason: "strings of shape \(SymbolicShape(dimensions).text) are neither [C] nor [1, C]")
        }
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let attributes = attributes(call)
        let data = try call.tensor(0)
        try check(data.shape.map(Graphs.Dimension.fixed), call.path)
        let locale = try attributes.optionalString("locale").map { Locale(identifier: $0) }
        let isCaseSensitive = try attributes.flag("is_case_sensitive")
        func folded(_ word: String) -> String { isCaseSensitive ? word : word.lowercased(with: locale) }
        let stopWords = Set((try attributes.optionalStrings("stopwords") ?? []).map(folded))
        var words = try data.texts(call.path).filter { !stopWords.contains(folded($0)) }
        switch try attributes.string("case_change_action") {
        case "LOWER": words = words.map { $0.lowercased(with: locale) }
        case "UPPER": words = words.map { $0.uppercased(with: locale) }
        case "NONE": break
        case let action:
            throw OperatorError(
                .attribute, subject: call.path, reason: "case_change_action is '\(action)'",
                remedy: "use LOWER, UPPER or NONE")
        }
        if words.isEmpty { words = [""] }
        let lead = data.shape.dimensions.dropLast().map { _ in 1 }
        return [.tensor(try Tensor.make(texts: words, Shape(lead + [words.count]), call.path))]
    }

    var examples: [Example] {
        let days = ["monday", "Tuesday"]
        let stop = Attribute("stopwords", .strings([.init(copying: "Monday".utf8)]))
        let upper = Attribute("case_change_action", .string("UPPER"))
        return [
            Example(
                "upper case, stop words in any case", opset: 10, attributes: [stop, upper], inputs: [.strings(days)],
                expected: [.strings(["TUESDAY"])], isDifferentiable: false),
            Example(
                "lower case, stop words as they stand", opset: 10,
                attributes: [
                    stop, .init("case_change_action", .string("LOWER")), .init("is_case_sensitive", .int(1)),
                    .init("locale", .string("en_US")),
                ], inputs: [.strings(days, [1, 2])], expected: [.strings(["monday", "tuesday"], [1, 2])],
                isDifferentiable: false),
            Example(
                "nothing left", opset: 10, attributes: [stop], inputs: [.strings(["MONDAY"])],
                expected: [.strings([""])], isDifferentiable: false),
        ]
    }
}

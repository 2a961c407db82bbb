extension SpecType where Value == String {
    /// A text that is not empty; a number or truth value must stand in quotes to be one.
    public static var string: SpecType {
        SpecType(
            summary: "a text",
            read: { node, problems in
                guard let scalar = node.scalar else {
                    problems.expected("a text", at: node)
                    return nil
                }
                guard case .string(let text) = scalar.resolved else {
                    problems.expected("a text", at: node, remedy: "put it in quotes if it is meant as a text")
                    return nil
                }
                if text.isEmpty { problems.report(.invalidValue, at: node, "the text is empty") }
                return text.isEmpty ? nil : text
            }, write: { .string($0) }, schema: { _ in ["type": "string", "minLength": 1] })
    }

    /// A text that may look like a number: a version such as `1.20` keeps its zero.
    public static var literal: SpecType {
        SpecType(
            summary: "a text",
            read: { node, problems in
                guard let scalar = node.scalar, scalar.resolved != .null, !scalar.text.isEmpty else {
                    problems.expected("a text", at: node)
                    return nil
                }
                return scalar.text
            }, write: { .string($0) }, schema: { _ in ["type": ["string", "number", "boolean"]] })
    }
}

extension SpecType where Value == Bool {
    /// `true` or `false`.
    public static var bool: SpecType {
        SpecType(
            summary: "true or false",
            read: { node, problems in
                guard case .bool(let value) = node.scalar?.resolved else {
                    problems.expected("true or false", at: node)
                    return nil
                }
                return value
            }, write: { .bool($0) }, schema: { _ in ["type": "boolean"] })
    }
}

extension SpecType where Value == Int {
    /// A whole number.
    public static var int: SpecType { int(Int.min...Int.max) }

    /// A whole number of at least so much.
    public static func int(_ range: PartialRangeFrom<Int>) -> SpecType { int(range.lowerBound...Int.max) }

    /// A whole number in a range.
    public static func int(_ range: ClosedRange<Int>) -> SpecType {
        let summary = "a whole number" + bounds(range)
        return SpecType(
            summary: summary,
            read: { node, problems in
                guard case .int(let value) = node.scalar?.resolved else {
                    problems.expected(summary, at: node)
                    return nil
                }
                guard range.contains(value) else {
                    problems.report(.invalidValue, at: node, "expected \(summary), found \(value)")
                    return nil
                }
                return value
            }, write: { .int($0) },
            schema: { _ in
                var pairs = [SpecValue.Pair("type", "integer")]
                if range.lowerBound > Int.min { pairs.append(.init("minimum", .int(range.lowerBound))) }
                if range.upperBound < Int.max { pairs.append(.init("maximum", .int(range.upperBound))) }
                return .map(pairs)
            })
    }

    private static func bounds(_ range: ClosedRange<Int>) -> String {
        switch (range.lowerBound > Int.min, range.upperBound < Int.max) {
        case (true, true): " from \(range.lowerBound) to \(range.upperBound)"
        case (true, false): " of at least \(range.lowerBound)"
        case (false, true): " of at most \(range.upperBound)"
        case (false, false): ""
        }
    }
}

extension SpecType where Value == Double {
    /// A number.
    public static var double: SpecType { number(-Double.infinity...Double.infinity, summary: "a number") }

    /// A number in a range, its ends included.
    public static func double(_ range: ClosedRange<Double>) -> SpecType {
        number(range, summary: "a number from \(range.lowerBound) to \(range.upperBound)")
    }

    private static func number(_ range: ClosedRange<Double>, summary: String) -> SpecType {
        SpecType(
            summary: summary,
            read: { node, problems in
                let value: Double
                switch node.scalar?.resolved {
                case .int(let number): value = Double(number)
                case .double(let number): value = number
                default:
                    problems.expected(summary, at: node)
                    return nil
                }
                guard range.contains(value) else {
                    problems.report(.invalidValue, at: node, "expected \(summary), found \(value)")
                    return nil
                }
                return value
            }, write: { .double($0) },
            schema: { _ in
                var pairs = [SpecValue.Pair("type", "number")]
                if range.lowerBound.isFinite { pairs.append(.init("minimum", .double(range.lowerBound))) }
                if range.upperBound.isFinite { pairs.append(.init("maximum", .double(range.upperBound))) }
                return .map(pairs)
            })
    }
}

extension SpecType where Value == SpecValue {
    /// Anything at all, kept as a tree: options that are handed to an engine as they are.
    public static var anything: SpecType {
        SpecType(
            summary: "any value", read: { node, _ in node.value }, write: { $0 }, schema: { _ in .bool(true) })
    }
}

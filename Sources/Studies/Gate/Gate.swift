import Foundation
public import Records
public import Specs

/// A bound on a figure: `latency.p99 <= 1.05`, `latency.median <= +5%`, `memory.peak <= 200 MiB on native`.
///
/// A number without a unit bounds the ratio to the first side, or to the baseline, where the figure is a time, a rate or a
/// size, and the figure itself where it has no unit, as an accuracy.
public struct Gate: Sendable, Hashable {
    /// How the figure must lie.
    public enum Relation: String, Sendable, Hashable, CaseIterable {
        case atMost = "<="
        case below = "<"
        case atLeast = ">="
        case above = ">"

        /// True where less is allowed.
        var boundsAbove: Bool { self == .atMost || self == .below }
    }

    /// What the number bounds.
    public enum Measure: Sendable, Hashable {
        /// The ratio to the first side or to the baseline.
        case ratio
        /// The figure, in its base unit.
        case value(MetricUnit)
    }

    /// The figure's name: `latency.p99`.
    public let metric: String
    /// How it must lie.
    public let relation: Relation
    /// The bound: a ratio, or a figure in its base unit.
    public let bound: Double
    /// What the number bounds.
    public let measure: Measure
    /// The beginning of the stack's or side's title that is meant; all where `nil`.
    public let stack: String?
    /// The text as it was written.
    public let text: String

    /// Whether a figure with an interval keeps the bound: unknown where the interval reaches beyond it on one side.
    public func state(of value: Double?, interval: Interval?) -> Verdict.State {
        guard let value else { return .unknown }
        let (low, high) = (interval?.lower ?? value, interval?.upper ?? value)
        switch relation {
        case .atMost: return high <= bound ? .holds : low > bound ? .fails : .unknown
        case .below: return high < bound ? .holds : low >= bound ? .fails : .unknown
        case .atLeast: return low >= bound ? .holds : high < bound ? .fails : .unknown
        case .above: return low > bound ? .holds : high <= bound ? .fails : .unknown
        }
    }

    /// Whether the gate speaks of a stack or side of this title.
    public func speaks(of title: String) -> Bool { stack.map { title.hasPrefix($0) } ?? true }
}

extension Gate {
    /// A gate in a spec.
    public static let type = SpecType<String>.string.checked(reasonAgainst).mapped(
        summary: "a gate such as 'latency.p99 <= 1.05'", to: { try? Gate($0) }, from: { $0.text })

    /// One gate or a list of them; an empty list, as records write what was left out, is none.
    static let list = SpecType<[Gate]>(
        summary: SpecType<[Gate]>.oneOrMany(of: type).summary,
        read: { node, problems in
            if case .list = node.content { return SpecType<[Gate]>.list(of: type).read(node, &problems) }
            return type.read(node, &problems).map { [$0] }
        }, write: SpecType<[Gate]>.list(of: type).write,
        schema: { definitions in
            ["anyOf": [type.schema(&definitions), SpecType<[Gate]>.list(of: type).schema(&definitions)]]
        })

    private static func reasonAgainst(_ text: String) -> String? {
        do throws(StudyError) {
            _ = try Gate(text)
            return nil
        } catch {
            return "\(error.reason); \(error.remedy)"
        }
    }

    /// Reads `METRIC RELATION NUMBER[UNIT] [on STACK]`.
    ///
    /// - Throws: `StudyError` of code `gate`.
    public init(_ text: String) throws(StudyError) {
        func refused(_ reason: String, _ remedy: String = "write for example 'latency.p99 <= 1.05'") -> StudyError {
            StudyError(.gate, subject: "gate '\(text)'", reason: reason, remedy: remedy)
        }
        guard
            let relation = [Relation.atMost, .atLeast, .below, .above].first(where: { text.contains($0.rawValue) }),
            let place = text.range(of: relation.rawValue)
        else { throw refused("it has none of <=, <, >= and >") }
        let metric = text[..<place.lowerBound].trimmingCharacters(in: .whitespaces)
        guard !metric.isEmpty, metric.allSatisfy({ $0.isLetter || $0.isNumber || ".-_".contains($0) }) else {
            throw refused("there is no metric before \(relation.rawValue)")
        }
        var rest = text[place.upperBound...].trimmingCharacters(in: .whitespaces)
        var stack: String?
        if let on = rest.range(of: " on ") {
            stack = rest[on.upperBound...].trimmingCharacters(in: .whitespaces)
            rest = rest[..<on.lowerBound].trimmingCharacters(in: .whitespaces)
            guard stack?.isEmpty == false else { throw refused("'on' names no stack") }
        }
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
        let unit = rest.dropFirst(digits.count).trimmingCharacters(in: .whitespaces)
        guard let number = Double(digits), number.isFinite else {
            throw refused("there is no number after \(relation.rawValue)")
        }
        guard let (bound, measure) = Self.reading(number, isSigned: "+-".contains(digits.prefix(1)), unit, of: metric)
        else {
            throw refused(
                "'\(unit)' is no unit of \(metric)", "its units are \(Self.units(of: metric).joined(separator: ", "))")
        }
        self.init(
            metric: metric, relation: relation, bound: bound, measure: measure, stack: stack, text: text)
    }
}

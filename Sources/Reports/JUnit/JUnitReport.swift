import Foundation
public import Records

/// Results of checks as JUnit XML, which continuous-integration systems read.
///
/// The form is the common part of what Ant, Jenkins and GitLab read: `testsuites`, `testsuite`, `testcase`, and in it
/// `failure` or `skipped`.
public struct JUnitReport: Sendable {
    /// One check.
    public struct Case: Sendable, Hashable {
        /// What it is about; systems group by it.
        public var group: String
        /// What was asked.
        public var name: String
        /// How it came out.
        public var state: Verdict.State
        /// What was found.
        public var message: String

        /// Makes a check.
        public init(group: String, name: String, state: Verdict.State, message: String) {
            self.group = group
            self.name = name
            self.state = state
            self.message = message
        }
    }

    /// The name of the suite.
    public var name: String
    /// When the checks were made.
    public var created: Timestamp
    /// The checks.
    public var cases: [Case]
    /// Whether a check that cannot be told counts as failed; it is skipped otherwise.
    public var failsUndecided: Bool

    /// Makes a report.
    public init(name: String, created: Timestamp, cases: [Case], failsUndecided: Bool = true) {
        self.name = name
        self.created = created
        self.cases = cases
        self.failsUndecided = failsUndecided
    }

    /// The document, in UTF-8.
    public var xml: String {
        let failures = cases.filter { $0.state == .fails || ($0.state == .unknown && failsUndecided) }.count
        let skipped = failsUndecided ? 0 : cases.filter { $0.state == .unknown }.count
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\" time=\"0\""
        // The schema of Ant takes a moment without fraction and zone.
        let moment = created.description.prefix { $0 != "." && $0 != "Z" }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites name="\(Self.escaped(name))" \(counts)>
              <testsuite name="\(Self.escaped(name))" \(counts) timestamp="\(moment)">
            \(cases.map(element).joined(separator: "\n"))
              </testsuite>
            </testsuites>

            """
    }

    private func element(_ test: Case) -> String {
        let head =
            "    <testcase classname=\"\(Self.escaped(test.group))\" name=\"\(Self.escaped(test.name))\" time=\"0\""
        let message = Self.escaped(test.message)
        switch test.state {
        case .holds: return head + ">\n      <system-out>\(message)</system-out>\n    </testcase>"
        case .unknown where !failsUndecided: return head + ">\n      <skipped message=\"\(message)\"/>\n    </testcase>"
        case .fails, .unknown:
            let type = test.state == .fails ? "gate" : "undecided"
            return head
                + ">\n      <failure message=\"\(message)\" type=\"\(type)\">\(message)</failure>\n    </testcase>"
        }
    }

    /// A text that may stand in an element or between quotes; characters that XML 1.0 forbids become U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            // White space in an attribute would become blanks.
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            case "\r": result += "&#13;"
            case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                result.unicodeScalars.append(scalar)
            default: result += "\u{FFFD}"
            }
        }
        return result
    }
}

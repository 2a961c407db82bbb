import Graphs
import Tensors

/// Whether each string as a whole matches a regular expression in the syntax of RE2.
struct RegexFullMatch: Operator {
    let name = "RegexFullMatch"
    let family = OperatorFamily.text
    let agreement = Agreement.exact
    let signature = Signature(
        inputs: [.init("X", TypeSets.string)], outputs: [.init("Y", TypeSets.bool)], attributes: [.init("pattern")],
        versions: [20])

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] { [.tensor(.bool, site.shape(0))] }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let data = try call.tensor(0)
        let pattern = try attributes(call).string("pattern")
        let automaton: PatternAutomaton
        do throws(PatternError) {
            automaton = try PatternAutomaton(pattern)
        } catch {
            throw OperatorError(
                .attribute, subject: call.path, reason: "pattern, character \(error.position): \(error.reason)",
                remedy: "write it in the syntax of RE2")
        }
        return [try .make(try data.texts(call.path).map(automaton.matches), data.shape, call.path)]
    }

    var examples: [Example] {
        func matches(
            _ name: String, _ pattern: String, _ texts: [String], _ expected: [Bool], _ shape: Shape? = nil
        ) -> Example {
            Example(
                name, opset: 20, attributes: [.init("pattern", .string(pattern))], inputs: [.strings(texts, shape)],
                expected: [.bools(expected, shape)], isDifferentiable: false)
        }
        return [
            matches(
                "addresses", #"(\W|^)[\w.\-]{0,25}@(yahoo|gmail)\.com(\W|$)"#,
                ["account@gmail.com", "account@hotmail.com", "not email", "account2@yahoo.com"],
                [true, false, false, true], [2, 2]),
            matches(
                "any case, word boundaries", #"(?i:www)\.[^.]+\.\bcom\b"#, ["WWW.google.com", "www.bbc.co.uk"],
                [true, false]),
            matches(
                "the whole string", "a*", ["aaa", "aab", "", "baa"], [true, false, true, false]),
            matches(
                "Unicode categories and counts", #"\p{Lu}\PN{2,3}|[[:digit:]]+?"#, ["Äöü", "Ä1", "12", "äöü"],
                [true, false, true, false]),
        ]
    }
}

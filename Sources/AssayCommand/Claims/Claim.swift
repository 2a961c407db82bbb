import Records
import Specs

/// One published figure: what is claimed, how it is measured again, and against which oracle.
struct Claim: Sendable {
    /// When the figure counts as shown; where there are several, all of them hold.
    struct Bound: Sendable, Hashable {
        var equals: Double?
        var atLeast: Double?
        var atMost: Double?

        /// How far beyond the bound the unfavourable end of an interval lies; 0 or less where it keeps it.
        func excess(lower: Double, upper: Double) -> Double {
            [
                equals.map { max(abs(lower - $0), abs(upper - $0)) }, atLeast.map { $0 - lower },
                atMost.map { upper - $0 },
            ].compactMap(\.self).max() ?? 0
        }

        /// The bound in words: `at least 90 and at most 110`.
        var description: String {
            [("exactly", equals), ("at least", atLeast), ("at most", atMost)].compactMap { words, number in
                number.map { "\(words) \(JSONValue.number($0).canonical)" }
            }.joined(separator: " and ")
        }
    }

    /// Which number of the command's output is the figure.
    enum Selection: Sendable {
        /// Metrics of the record that the command prints; the worst of them is the figure.
        case metric(MetricSelection)
        /// A number under a path of keys in the JSON that the command prints: `seconds` or `models.0.value`.
        case path(String)
    }

    /// Picks metrics of a record.
    struct MetricSelection: Sendable {
        var name = ""
        var labels: [SpecNamed<String>] = []
        /// How many metrics must be found, so that a vanished stack cannot make a claim hold.
        var count = 1
        /// The least number of samples behind each metric.
        var samples = 0
    }

    /// Another number of the output without which the figure says nothing: how many trials there were.
    struct Requirement: Sendable {
        var path = ""
        var bound = Bound()
    }

    var name = ""
    var claim = ""
    var target = ""
    var oracle = ""
    var command = ""
    /// How the command may end.
    var statuses = [0]
    var select = Selection.path("value")
    var requirements: [Requirement] = []
    var bound = Bound()
    var isPoint = true
    var minutes = 1.0
    var measured: ClaimMeasurement?
}

/// What was measured last, and where.
struct ClaimMeasurement: Sendable {
    /// How the claim stands.
    enum State: String, Sendable, CaseIterable {
        case met
        case missed
        case regressed
    }

    var state = State.missed
    var value = 0.0
    var lower: Double?
    var upper: Double?
    var machine = ""
    var date = ""
    /// What was tried, where the figure was missed.
    var tried = ""
}

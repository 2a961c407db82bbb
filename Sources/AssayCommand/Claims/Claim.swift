import Specs

/// One published figure: what is claimed, how it is measured again, and against which oracle.
struct Claim: Sendable {
    /// When the figure counts as shown.
    enum Bound: Sendable, Hashable {
        case equals(Double)
        case atLeast(Double)
        case atMost(Double)
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

    var name = ""
    var claim = ""
    var target = ""
    var oracle = ""
    var command = ""
    var select = Selection.path("value")
    var bound = Bound.equals(0)
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

import Records
import Specs

/// The figure of a claim as measured now.
struct ClaimResult: Sendable {
    var value: Double
    var lower: Double
    var upper: Double

    /// True where the unfavourable end of the interval meets the bound.
    func holds(_ bound: Claim.Bound) -> Bool { bound.excess(lower: lower, upper: upper) <= 0 }

    /// The worse of two results under a bound, so that one bad stack is enough to miss it.
    func worse(of other: ClaimResult, under bound: Claim.Bound) -> ClaimResult {
        bound.excess(lower: lower, upper: upper) >= bound.excess(lower: other.lower, upper: other.upper) ? self : other
    }

    /// Reads the figure off what the command printed.
    ///
    /// - Throws: where it is not there, or where the output does not show what the claim requires beside it.
    init(_ claim: Claim, output: JSONValue) throws(Failure) {
        for requirement in claim.requirements {
            try ClaimResult.check(requirement, of: claim, output)
        }
        switch claim.select {
        case .path(let path):
            let value = try ClaimResult.number(at: path, in: output, of: claim)
            self.init(value: value, lower: value, upper: value)
        case .metric(let selection):
            self = try ClaimResult.worst(of: selection, claim: claim, output: output)
        }
    }

    private init(value: Double, lower: Double, upper: Double) {
        self.value = value
        self.lower = lower
        self.upper = upper
    }

    private static func check(
        _ requirement: Claim.Requirement, of claim: Claim, _ output: JSONValue
    ) throws(Failure) {
        let value = try number(at: requirement.path, in: output, of: claim)
        guard requirement.bound.excess(lower: value, upper: value) <= 0 else {
            throw missing(
                claim,
                "'\(requirement.path)' is \(JSONValue.number(value).canonical), "
                    + "and the claim requires \(requirement.bound.description)")
        }
    }

    private static func number(at path: String, in output: JSONValue, of claim: Claim) throws(Failure) -> Double {
        var place: JSONValue? = output
        for key in path.split(separator: ".") {
            place =
                Int(key).flatMap { index in
                    place?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                } ?? place?[String(key)]
        }
        guard let value = place?.double else { throw missing(claim, "there is no number at '\(path)'") }
        return value
    }

    private static func worst(
        of selection: Claim.MetricSelection, claim: Claim, output: JSONValue
    ) throws(Failure) -> ClaimResult {
        let metrics = (output["metrics"]?.array ?? []).filter { metric in
            metric["name"]?.string == selection.name
                && selection.labels.allSatisfy { metric["labels"]?[$0.name]?.string == $0.value }
        }
        guard metrics.count == selection.count else {
            throw missing(
                claim,
                "\(metrics.count) metrics are named '\(selection.name)' with these labels, not \(selection.count)")
        }
        guard metrics.allSatisfy({ ($0["count"]?.int ?? 0) >= selection.samples }) else {
            throw missing(claim, "a metric named '\(selection.name)' rests on fewer than \(selection.samples) samples")
        }
        let results = metrics.compactMap { metric -> ClaimResult? in
            guard let value = metric["value"]?.double else { return nil }
            guard !claim.isPoint, let interval = metric["interval"], let lower = interval["lower"]?.double,
                let upper = interval["upper"]?.double
            else { return ClaimResult(value: value, lower: value, upper: value) }
            return ClaimResult(value: value, lower: lower, upper: upper)
        }
        guard let first = results.first, results.count == metrics.count else {
            throw missing(claim, "a metric named '\(selection.name)' has no value")
        }
        return results.dropFirst().reduce(first) { $0.worse(of: $1, under: claim.bound) }
    }

    private static func missing(_ claim: Claim, _ reason: String) -> Failure {
        Failure(
            .failed, code: "claim.no-figure", subject: claim.name, reason: reason,
            remedy: "run the claim's command by hand: \(claim.command)")
    }
}

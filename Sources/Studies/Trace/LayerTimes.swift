public import Engines
import Measurement
public import Records

/// How the time of an engine's runs divides among the groups of an attribution.
///
/// A step's time is its own: that of steps in a body of its is theirs. Shares are of the time of all steps, run by run.
public struct LayerTimes: Sendable, Hashable, Codable {
    /// Time and share of some steps.
    public struct Part: Sendable, Hashable, Codable {
        /// The mean time a run, in nanoseconds.
        public var nanoseconds: Double
        /// Its interval over the runs; `nil` with fewer than two.
        public var interval: Interval?
        /// The mean share of the time of all steps.
        public var share: Double
        /// Its interval over the runs; `nil` with fewer than two.
        public var shareInterval: Interval?
    }

    /// The groups, in the attribution's order.
    public var groups: [Part]
    /// Each step that belongs to no node, by its index: what the engine made for itself, and what nobody claims.
    public var others: [Int: Part]
    /// All steps that only rearrange.
    public var rearrangements: Part
    /// All steps that compute and that no node claims.
    public var unclaimed: Part
    /// All steps together, a run; with several threads this may be more than the run.
    public var steps: Part
    /// The whole run as the engine's profiler tells it, else as the caller measured it.
    public var run: Part
    /// How many runs there were.
    public var runCount: Int

    /// Adds the times up.
    ///
    /// - Parameter runs: the times of the runs as their caller measured them, in nanoseconds, for an engine that does not tell.
    public init(_ attribution: LayerAttribution, _ profile: EngineProfile, runs: [Int64] = []) {
        let own = profile.runs.map { Self.ownTimes($0, profile.steps) }
        let totals = own.map { $0.reduce(0, +) }
        let part = { (steps: [Int]) in
            Part(own.map { times in steps.reduce(0.0) { $0 + times[$1] } }, of: totals)
        }
        groups = attribution.groups.map { part($0.steps) }
        others = Dictionary(
            uniqueKeysWithValues: (attribution.rearrangements + attribution.unclaimed).map { ($0, part([$0])) })
        rearrangements = part(attribution.rearrangements)
        unclaimed = part(attribution.unclaimed)
        steps = Part(totals, of: totals)
        let told = profile.runs.compactMap { $0.duration.map(Double.init) }
        let whole = told.count == profile.runs.count ? told : runs.map(Double.init)
        run = Part(whole, of: whole)
        runCount = profile.runs.count
    }

    /// The share of the time of all steps that belongs to nodes of the model.
    public var attributed: Double {
        steps.nanoseconds > 0 ? max(0, 1 - rearrangements.share - unclaimed.share) : 0
    }

    /// The share of the whole run that the steps cover; above 1 where several threads ran them.
    public var covered: Double { run.nanoseconds > 0 ? steps.nanoseconds / run.nanoseconds : 0 }

    /// The time that each step had to itself, by step.
    private static func ownTimes(_ run: EngineProfile.Run, _ steps: [EngineProfile.Step]) -> [Double] {
        var times = [Double](repeating: 0, count: steps.count)
        for span in run.spans where times.indices.contains(span.step) {
            times[span.step] += Double(span.duration)
            if let parent = steps[span.step].parent, times.indices.contains(parent) {
                times[parent] -= Double(span.duration)
            }
        }
        // Profilers that count in whole microseconds give a body more than its node.
        return times.map { max(0, $0) }
    }
}

extension LayerTimes.Part {
    fileprivate init(_ times: [Double], of totals: [Double]) {
        let shares = zip(times, totals).map { $1 > 0 ? $0 / $1 : 0 }
        nanoseconds = times.isEmpty ? 0 : times.reduce(0, +) / Double(times.count)
        share = shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
        interval = MeanEstimate(of: times)?.interval
        shareInterval = MeanEstimate(of: shares)?.interval
    }
}

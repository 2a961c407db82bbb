import Engines
import Measurement

/// The profiles of many rounds as one whose runs are the rounds.
///
/// Runs of one round depend on each other, rounds hardly, so that intervals are over rounds. The steps of one stack are the
/// same in all of them.
struct RoundProfiles: Sendable {
    /// One run a round, in which each step takes the median of its times in the round's runs.
    private(set) var profile = EngineProfile()
    /// The profile of the first round as it was, for timelines.
    private(set) var first: EngineProfile?
    /// The share of a run that lies in none of its steps, the median of each round's runs; rounds whose runs have no whole
    /// time are left out.
    ///
    /// Taken run by run: medians of steps do not add up to that of runs where something interrupts now one, now another.
    private(set) var outside: [Double] = []
    /// How many runs stand behind the rounds.
    private(set) var runs = 0

    private struct Key: Hashable {
        var name: String
        var kind: String
        /// Which of several such steps.
        var turn: Int
    }
    private var places: [Key: Int] = [:]

    /// Whether no step was told of.
    var isEmpty: Bool { profile.steps.isEmpty || runs == 0 }

    /// Whether steps ran on several threads, and so at once.
    var overlap: Bool { first?.runs.contains { $0.spans.contains { $0.thread != 0 } } ?? false }

    /// False where the engine told how long steps took and not when they began.
    var tellsStarts: Bool {
        first?.runs.allSatisfy { $0.spans.allSatisfy { $0.start != nil } } ?? true
    }

    /// Takes the runs of a round in.
    mutating func add(_ round: EngineProfile) {
        guard !round.runs.isEmpty else { return }
        if first == nil {
            first = round
            profile = round
            profile.steps = []
            profile.runs = []
        }
        let places = places(of: round.steps)
        var times = [[Int64]](repeating: [], count: profile.steps.count)
        for run in round.runs {
            var durations = [Int64](repeating: 0, count: profile.steps.count)
            for span in run.spans where places.indices.contains(span.step) {
                durations[places[span.step]] += span.duration
            }
            for (place, duration) in durations.enumerated() { times[place].append(duration) }
        }
        let spans = times.enumerated().map { place, durations in
            EngineProfile.Span(step: place, start: nil, duration: Self.median(durations))
        }
        let whole = round.runs.compactMap(\.duration)
        profile.runs.append(
            EngineProfile.Run(spans: spans, duration: whole.count == round.runs.count ? Self.median(whole) : nil))
        if let share = Self.outside(round) { outside.append(share) }
        runs += round.runs.count
    }

    private static func outside(_ round: EngineProfile) -> Double? {
        let shares = round.runs.compactMap { run -> Double? in
            guard let whole = run.duration, whole > 0 else { return nil }
            let steps = run.spans.filter { round.steps.indices.contains($0.step) && round.steps[$0.step].parent == nil }
            return max(0, 1 - steps.reduce(0.0) { $0 + Double($1.duration) } / Double(whole))
        }
        guard !shares.isEmpty, shares.count == round.runs.count else { return nil }
        var selection = Selection(shares)
        return selection.element(rank: shares.count / 2)
    }

    private static func median(_ times: [Int64]) -> Int64 { Int64((Selection.median(of: times) ?? 0).rounded()) }

    /// Where the steps of a round stand here; new ones are added.
    ///
    /// Engines may name steps by numbers that differ between processes, so that where the kinds follow each other as they
    /// did, the steps are the same.
    private mutating func places(of steps: [EngineProfile.Step]) -> [Int] {
        if !profile.steps.isEmpty, steps.map(\.kind) == profile.steps.map(\.kind) { return Array(steps.indices) }
        var turns: [Key: Int] = [:]
        return steps.map { step in
            let bare = Key(name: step.name, kind: step.kind, turn: 0)
            let turn = turns[bare, default: 0]
            turns[bare] = turn + 1
            let key = Key(name: step.name, kind: step.kind, turn: turn)
            if let known = places[key] { return known }
            places[key] = profile.steps.count
            profile.steps.append(step)
            return profile.steps.count - 1
        }
    }
}

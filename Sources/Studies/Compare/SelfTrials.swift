import Engines
import Foundation
public import Measurement
import Records

/// One side against itself, again and again: how often equal things are called different, and how often a known difference
/// is seen.
public struct SelfTrials: Sendable {
    /// One comparison of a side with itself.
    public struct Trial: Sendable, Codable {
        /// `same`, `faster`, `slower` or `undecided`.
        public var outcome: String
        /// The ratio of medians; `nil` where a process failed.
        public var ratio: Double?
        /// The lower end of its interval.
        public var lower: Double?
        /// The upper end of its interval.
        public var upper: Double?
        /// Pairs of fresh processes.
        public var processes: Int
        /// What disturbed the turns the most; `nil` where nothing did.
        public var disturbed: StationarityCertificate.Cause?
        /// How long the comparison took, starts included, in seconds.
        public var seconds: Double
    }

    /// All comparisons, with the counts that are asked for.
    public struct Findings: Sendable, Codable {
        /// The stack.
        public var stack: String
        /// The model.
        public var model: String
        /// Work added to one of the two, as a share of a run.
        public var addedWork: Double
        /// The share up to which two sides count as the same.
        public var margin: Double
        /// The confidence of one comparison.
        public var level: Double
        /// How many comparisons there were.
        public var count: Int
        /// How many called the two different.
        public var different: Int
        /// How many called them the same.
        public var same: Int
        /// How many called the side with added work slower.
        public var slower: Int
        /// How many called it slower within a minute.
        public var slowerWithinAMinute: Int
        /// The longest comparison in seconds.
        public var longest: Double
        /// Their mean length in seconds.
        public var mean: Double
        /// The comparisons.
        public var trials: [Trial]
    }

    private let study: Compare
    private let context: StudyContext

    /// Makes the study.
    public init(_ context: StudyContext) {
        self.context = context
        study = Compare(context)
    }

    /// Compares one side with itself `count` times; the second one of each comparison has the added work.
    ///
    /// - Throws: the error of the module whose rule the user's input breaks.
    public func run(_ spec: CompareSpec, side: CompareSide, count: Int, addedWork: Double) async throws -> Findings {
        var spec = spec
        var second = side
        second.addedWork = addedWork
        spec.sides = [side, second]
        let prepared = try study.prepare(spec)
        var trials: [Trial] = []
        for trial in 0..<count where !Task.isCancelled {
            var own = spec
            own.seed = spec.seed &+ trial
            let begin = ContinuousClock.now
            let quiet = Compare(context.silent)
            let entries = await quiet.contest(prepared.contenders, own)
            let findings = quiet.findings(entries, prepared.contenders, own)
            let seconds = begin.duration(to: .now) / .seconds(1)
            guard !Task.isCancelled else { break }
            trials.append(Trial(findings, pairs: entries[0].processes.count, seconds: seconds))
            if let failed = entries.first(where: { $0.outcome != .completed }) {
                throw StudyError(.noStack, subject: failed.title, reason: failed.outcome.description)
            }
            let last = trials[trials.count - 1]
            context.progress.report(
                .began("\(trials.count) of \(count): \(last.outcome), \(MetricUnit.seconds.format(seconds))"))
        }
        return Findings(trials, spec: spec, contenders: prepared.contenders, addedWork: addedWork)
    }
}

extension SelfTrials.Trial {
    init(_ findings: CompareFindings, pairs: Int, seconds: Double) {
        let comparison = findings.comparisons.first
        disturbed = findings.certificate?.disturbances.first?.cause
        outcome = comparison?.verdict?.outcome.name ?? ComparisonVerdict.Outcome.undecided(furtherRounds: nil).name
        ratio = comparison?.ratio?.value
        lower = comparison?.ratio?.interval?.lower
        upper = comparison?.ratio?.interval?.upper
        processes = pairs
        self.seconds = seconds
    }
}

extension SelfTrials.Findings {
    init(_ trials: [SelfTrials.Trial], spec: CompareSpec, contenders: [Contender], addedWork: Double) {
        stack = contenders.first?.stack.title ?? ""
        model = contenders.first?.model.name ?? ""
        self.addedWork = addedWork
        margin = spec.margin
        level = spec.level
        count = trials.count
        different = trials.filter { ["faster", "slower"].contains($0.outcome) }.count
        same = trials.filter { $0.outcome == "same" }.count
        slower = trials.filter { $0.outcome == "slower" }.count
        slowerWithinAMinute = trials.filter { $0.outcome == "slower" && $0.seconds <= 60 }.count
        longest = trials.map(\.seconds).max() ?? 0
        mean = trials.isEmpty ? 0 : trials.reduce(0) { $0 + $1.seconds } / Double(trials.count)
        self.trials = trials
    }
}

extension StudyContext {
    /// The same without progress.
    var silent: StudyContext {
        var copy = self
        copy.progress = .silent
        return copy
    }
}

import Engines
import Measurement
import Records
import Specs

/// Turns what a self-test found into a record.
struct SelfTestRecord {
    let spec: SelfTestSpec
    let effective: SpecValue
    let findings: SelfTestFindings
    let context: StudyContext

    /// The share of the truth up to which the median of known times may be wrong.
    private static let bound = 0.01
    /// The known time from which on that is asked for: below, what the loop takes is a larger share.
    private static let shortest = Duration.microseconds(100)

    func build() throws -> RecordArchive {
        var record = Record(
            study: SelfTest.name, title: "Self-test of the instrument", tool: context.tool,
            spec: try JSONCoding.value(of: effective), machine: context.machine, seed: UInt64(clamping: spec.seed))
        record.isPartial = Task.isCancelled
        record.metrics = SelfTestMetrics(findings: findings).all
        record.exhibits = SelfTestExhibits(findings: findings, metrics: record.metrics).all
        record.verdicts = [resolution(record), truth(record), disturbances(record)].compactMap(\.self)
        if let share = findings.resolution?.share?.value, !record.isPartial {
            record.machine.instrument = InstrumentTest(
                resolution: share, tested: record.created, tool: record.tool, record: record.id, isQuick: spec.isQuick)
        }
        var archive = RecordArchive(record)
        for truth in findings.truths {
            let labels = [SelfTestMetrics.truth: MetricUnit.nanoseconds.format(truth.nanoseconds)]
            archive.add("latency", processes: truth.processes.map { [$0] }, labels: labels)
        }
        return archive
    }

    /// How small a difference is told apart; equal things must not be called different more often than the level says.
    private func resolution(_ record: Record) -> Verdict? {
        guard let found = findings.resolution, let metric = record.metrics("resolution").first else { return nil }
        let count = found.logarithms.count
        let chance = 1 - Distributions.binomial(found.different - 1, count, 1 - found.level)
        let state: Verdict.State = metric.value == nil ? .unknown : chance < 0.01 ? .fails : .holds
        return Verdict(
            .fast, subject: "the instrument",
            "\(found.different) of \(count) comparisons of \(found.stack) with itself called it different; "
                + "smallest difference that it tells apart", state, metric: metric, record: record.id)
    }

    private func truth(_ record: Record) -> Verdict? {
        let long = findings.truths.filter { $0.latency >= Self.shortest }
        let biases = long.compactMap { truth in
            record.metric(
                "bias.relative", [SelfTestMetrics.truth: MetricUnit.nanoseconds.format(truth.nanoseconds)])
        }.filter { $0.value != nil }
        guard let worst = biases.max(by: { abs($0.value ?? 0) < abs($1.value ?? 0) }) else { return nil }
        return Verdict(
            .fast, subject: "the instrument",
            "known times of \(MetricUnit.nanoseconds.format(Self.shortest / .nanoseconds(1))) and more are measured within "
                + "1 %; largest error", abs(worst.value ?? 1) <= Self.bound ? .holds : .fails, metric: worst,
            record: record.id)
    }

    private func disturbances(_ record: Record) -> Verdict? {
        let count = findings.disturbances.reduce(0) { $0 + $1.certificates.count }
        let named = findings.disturbances.reduce(0) { $0 + $1.named }
        guard count > 0 else { return nil }
        return Verdict(
            .fast, subject: "the instrument", "\(named) of \(count) injected disturbances were named rightly",
            20 * named >= 19 * count ? .holds : .fails, record: record.id)
    }
}

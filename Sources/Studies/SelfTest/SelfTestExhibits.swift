import Foundation
import Measurement
import Records

/// The tables and charts of a self-test.
struct SelfTestExhibits {
    let findings: SelfTestFindings
    let metrics: [Metric]

    var all: [Exhibit] { [overhead, truth, disturbances, ratios].compactMap(\.self) }

    private func metric(_ name: String, _ labels: Labels = [:]) -> Cell {
        metrics.first { metric in metric.name == name && labels.allSatisfy { metric.labels[$0.key] == $0.value } }
            .map { Cell($0) } ?? .missing("not tested")
    }

    private var overhead: Exhibit? {
        guard findings.overhead != nil else { return nil }
        let rows: [[Cell]] = [
            ["a sample of one run: two readings of the clock and the call", metric("overhead.sample")],
            ["one more run in a sample: the call alone", metric("overhead.call")],
        ]
        return Exhibit(
            "overhead", title: "What the timed loop takes",
            caption:
                "Times of an engine that does nothing. Every sample of a run holds this much that is not the engine's.",
            question: .fast, .table(Table(columns: [.init("what"), .init("time", .right)], rows: rows)))
    }

    private var truth: Exhibit? {
        guard !findings.truths.isEmpty else { return nil }
        let rows = findings.truths.map { truth -> [Cell] in
            let words = MetricUnit.nanoseconds.format(truth.nanoseconds)
            let labels = [SelfTestMetrics.truth: words]
            return [
                .text(words), metric("bias", labels), metric("bias.relative", labels), metric("spread", labels),
            ]
        }
        let columns: [Table.Column] = [
            .init("true time", .right), .init("measured more", .right), .init("of it", .right),
            .init("median to p99", .right),
        ]
        return Exhibit(
            "truth", title: "Known times, measured",
            caption: "Runs that take a time which is known: how much the median of a process lies above it, over fresh "
                + "processes.", question: .fast, .table(Table(columns: columns, rows: rows)))
    }

    private var disturbances: Exhibit? {
        let tried = findings.disturbances.filter { !$0.certificates.isEmpty }
        guard !tried.isEmpty else { return nil }
        let rows = tried.map { disturbed -> [Cell] in
            let (named, count) = (disturbed.named, disturbed.certificates.count)
            return [
                .text(disturbed.injected.words),
                .state(named == count ? .holds : .fails, "\(named) of \(count)"),
                .text(disturbed.takenFor.map { "\($0.cause) (\($0.count))" }.joined(separator: ", ")),
                .text(disturbed.certificates.first { !$0.findings.isEmpty }?.findings.first?.evidence ?? ""),
            ]
        }
        let columns = ["injected", "named rightly", "named", "evidence in one of the trials"].map { Table.Column($0) }
        return Exhibit(
            "disturbances", title: "Disturbances that were injected, and what the certificate called them",
            question: .fast, varies: true, .table(Table(columns: columns, rows: rows)))
    }

    /// Ratios of an engine to itself in the order of their size, with the resolution.
    private var ratios: Exhibit? {
        guard let resolution = findings.resolution, resolution.logarithms.count > 1 else { return nil }
        let sorted = resolution.logarithms.map { exp($0) }.sorted()
        var series = [
            LineChart.Series(
                "ratio of \(resolution.stack) to itself",
                sorted.enumerated().map { LineChart.Point(Double($0.offset + 1), $0.element) }, style: .points)
        ]
        if let share = resolution.share?.value {
            let ends = [1, Double(sorted.count)]
            for (name, bound) in [("1 + resolution", 1 + share), ("1 / (1 + resolution)", 1 / (1 + share))] {
                series.append(LineChart.Series(name, ends.map { LineChart.Point($0, bound) }))
            }
        }
        return Exhibit(
            "ratios", title: "An engine compared with itself",
            caption:
                "Each point is one comparison of \(resolution.stack) on \(resolution.model) with itself. 95 of 100 lie "
                + "between the lines.", question: .fast, varies: true,
            .lines(
                LineChart(
                    x: Axis("comparison, by size", .count), y: Axis("ratio of medians", .ratio), series: series)))
    }
}

import Engines
import Measurement
import Records

/// The stacks that compute on a device of their own, as a table.
struct DeviceExhibit {
    let reports: [ModelReport]
    let metrics: [Metric]

    private static let columns = [
        ("to and from", "latency.transfer.median"), ("computing", "latency.compute.median"),
        ("memory there", "memory.device"), ("clock, MHz", "device.clock.median"), ("°C", "device.temperature"),
    ]

    /// The table; `nil` where every stack computes on the processor.
    var exhibit: Exhibit? {
        let rows = reports.flatMap { report in
            report.completed.filter { $0.options?.device ?? .cpu != .cpu }.map { row(report, $0) }
        }
        guard !rows.isEmpty else { return nil }
        return Exhibit(
            "device", title: "On the device",
            caption:
                "Medians of the parts of a run: inputs and outputs on their way, each waited for, and all the rest. Memory "
                + "is what the driver counts for the engine's process; clock and temperature were read between blocks of "
                + "runs.", question: .fast, varies: true,
            .table(
                Table(
                    columns: ["model", "stack"].map { .init($0) } + Self.columns.map { .init($0.0, .right) }
                        + [.init("held down by")], rows: rows)))
    }

    private func row(_ report: ModelReport, _ stack: StackReport) -> [Cell] {
        let limits = Set(stack.stretches.flatMap(\.readings).flatMap { $0.device?.limits ?? [] }).sorted()
        return [.text(report.model.name), .text(stack.title)]
            + Self.columns.map { _, name in metric(name, report, stack).map { Cell($0) } ?? .missing("not told") }
            + [.text(limits.isEmpty ? "nothing" : limits.joined(separator: ", "))]
    }

    private func metric(_ name: String, _ report: ModelReport, _ stack: StackReport) -> Metric? {
        metrics.first {
            $0.name == name && $0.labels[Label.model] == report.model.name && $0.labels[Label.stack] == stack.title
        }
    }
}

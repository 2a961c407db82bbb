import Measurement
import Records

/// The numbers of a stack that computes on a device of its own: what of its run times was on the way, what memory it took
/// there, and how the device was meanwhile; empty for one that computes on the processor.
struct DeviceMetrics {
    let stretches: [MeasuredStretch]
    let labels: Labels

    var all: [Metric] { parts + memory + state }

    private var readings: [DeviceReading] { stretches.flatMap(\.readings).compactMap(\.device) }

    /// The run times cut in two: inputs and outputs on their way, and the rest, which are the kernels and what starts them.
    private var parts: [Metric] {
        let whole = stretches.flatMap(\.samples)
        let moved = stretches.flatMap(\.transfers)
        guard !moved.isEmpty, moved.count == whole.count else { return [] }
        let metrics = LatencyMetrics(rounds: stretches.map(\.samples), labels: labels)
        return [
            metrics.median("latency.transfer.median", of: moved),
            metrics.median("latency.compute.median", of: zip(whole, moved).map { $0 - $1 }),
        ]
    }

    private var memory: [Metric] {
        guard !readings.isEmpty else { return [] }
        let own = readings.compactMap(\.ownMemory).max().map {
            Metric("memory.device", Double($0), .bytes, count: readings.count, labels: labels, varies: true)
        }
        let used = readings.compactMap(\.usedMemory).max().map {
            Metric("memory.device.used", Double($0), .bytes, count: readings.count, labels: labels, varies: true)
        }
        return [
            own
                ?? Metric(
                    "memory.device", unavailable: "the driver does not list the engine's process", unit: .bytes,
                    labels: labels)
        ] + [used].compactMap(\.self)
    }

    private var state: [Metric] {
        func metric(_ name: String, _ value: Double?) -> [Metric] {
            value.map { [Metric(name, $0, .number, count: readings.count, labels: labels, varies: true)] } ?? []
        }
        let clocks = readings.compactMap(\.processorClock).map(Double.init)
        return metric("device.clock.lowest", clocks.min()) + metric("device.clock.median", Selection.median(of: clocks))
            + metric("device.clock.highest", clocks.max())
            + metric("device.temperature", readings.compactMap(\.temperature).max().map(Double.init))
            + metric("device.power", readings.compactMap(\.watts).max())
    }
}

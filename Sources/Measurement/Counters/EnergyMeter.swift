import Foundation

/// The energy counters of the processor (RAPL: Intel 64 and IA-32 manual, volume 3B, section 15.10), as the kernel shows
/// them; they count for the whole package, whoever runs on it.
struct EnergyMeter {
    /// What a meter showed over some time; or why it showed nothing.
    struct Reading {
        var joules: Double?
        var source: String
        var unavailable: String?
    }

    private enum Source {
        /// A file in microjoules with the value after which it starts again.
        case file(path: String, wrap: Double)
        case event(PerfEvent, scale: Double)
    }

    private let sources: [Source]
    private let name: String
    private let reason: String
    private var start: [Double] = []

    /// Looks for a counter of the packages: the power cap files first, then the power unit of perf.
    init() {
        let files = Self.files()
        if !files.isEmpty {
            (sources, name, reason) = (files, "RAPL, /sys/class/powercap", "")
            return
        }
        do throws(PerfEvent.Failure) {
            let (event, scale, title) = try Self.powerEvent()
            (sources, name, reason) = ([.event(event, scale: scale)], "RAPL, \(title)", "")
        } catch {
            (sources, name, reason) = ([], "RAPL", error.reason)
        }
    }

    /// Begins a measurement.
    mutating func begin() { start = sources.map(Self.read) }

    /// Ends it: a counter that did not move counts nothing and gives no reading.
    func end() -> Reading {
        guard !sources.isEmpty else { return Reading(source: name, unavailable: reason) }
        var joules = 0.0
        for (source, before) in zip(sources, start) {
            var change = Self.read(source) - before
            if change < 0, case .file(_, let wrap) = source { change += wrap }
            joules += change
        }
        guard joules.isFinite, joules > 0 else {
            return Reading(
                source: name, unavailable: "\(name) stays the same while the model runs, so nothing is counted here")
        }
        return Reading(joules: joules, source: name)
    }

    /// Lets go of the counters.
    func close() { for case .event(let event, _) in sources { event.close() } }

    private static func read(_ source: Source) -> Double {
        switch source {
        case .file(let path, _): ProcFile.number(path).map { $0 * 1e-6 } ?? .nan
        case .event(let event, let scale): event.read() * scale
        }
    }

    /// One file a package; zones within a package (`intel-rapl:0:1`) are parts of it.
    private static func files() -> [Source] {
        let root = "/sys/class/powercap"
        let zones = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return zones.sorted().filter { $0.hasPrefix("intel-rapl:") && $0.split(separator: ":").count == 2 }
            .compactMap { zone in
                let folder = "\(root)/\(zone)"
                guard ProcFile.number("\(folder)/energy_uj") != nil else { return nil }
                return .file(
                    path: "\(folder)/energy_uj", wrap: (ProcFile.number("\(folder)/max_energy_range_uj") ?? 0) * 1e-6)
            }
    }

    private static func powerEvent() throws(PerfEvent.Failure) -> (event: PerfEvent, scale: Double, title: String) {
        let root = "/sys/bus/event_source/devices/power"
        guard let type = ProcFile.number("\(root)/type").flatMap({ UInt32(exactly: $0) }) else {
            throw PerfEvent.Failure(reason: "this machine shows no energy counter (no powercap, no power unit)")
        }
        for title in ["energy-pkg", "energy-psys"] {
            let path = "\(root)/events/\(title)"
            guard let text = ProcFile.text(path),
                let mark = text.range(of: "event=0x"), let scale = ProcFile.number("\(path).scale"),
                let config = UInt64(text[mark.upperBound...].prefix { $0.isHexDigit }, radix: 16)
            else { continue }
            return (try PerfEvent(ofMachine: type, config: config), scale, "perf power/\(title)/")
        }
        throw PerfEvent.Failure(reason: "the power unit of this machine has no counter of energy")
    }
}

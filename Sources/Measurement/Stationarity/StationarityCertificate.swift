/// Whether a series of run times may be taken for draws from one distribution, and what disturbed it if not.
///
/// Run times alone tell that something changed; what was read of the process and the machine between blocks of runs tells
/// what it was. A cause is named when it makes up for at least `tolerance` of the time.
public struct StationarityCertificate: Sendable, Hashable, Codable {
    /// What disturbs a measurement.
    public enum Cause: String, Sendable, Hashable, Codable, CaseIterable {
        /// Others on the machine had the processor, or kept a shared part of it busy.
        case anotherProcess = "another-process"
        /// The hypervisor gave the processor to another machine.
        case hypervisor
        /// The processor ran more slowly: it was throttled.
        case slowerProcessor = "slower-processor"
        /// The device on which the engine computes ran at a lower clock.
        case slowerDevice = "slower-device"
        /// The engine became slower in a step while the processor kept its speed.
        case slowerEngine = "slower-engine"
        /// Run times changed little by little, and nothing that was read explains it.
        case drift
        /// The first runs took new memory.
        case firstAllocation = "first-allocation"
        /// The first runs were slower without taking memory: it was not warm.
        case coldStart = "cold-start"
        /// Single runs paused while the process had the processor.
        case pauses
    }

    /// One disturbance.
    public struct Finding: Sendable, Hashable, Codable {
        /// What it was.
        public var cause: Cause
        /// The share of the measured time that it took.
        public var share: Double
        /// What shows it, in a few words.
        public var evidence: String
    }

    /// The disturbances, the largest first; empty where none was found.
    public var findings: [Finding]
    /// How many runs there were.
    public var samples: Int
    /// How many independent runs tell as much; `nil` with fewer than four.
    public var effectiveSamples: Double?
    /// How often the level of the run times changed by the tolerance or more.
    public var levelChanges: Int
    /// The trend as a share of the level a second, where it differs from none.
    public var drift: Double?
    /// The share of the time that the process waited for a processor; `nil` where the kernel does not tell.
    public var waiting: Double?
    /// Processors that others kept busy, on average; `nil` where the kernel does not tell.
    public var others: Double?
    /// The lowest and the highest frequency that the chain of additions showed, in GHz; `nil` without readings.
    public var lowestFrequency: Double?
    /// See `lowestFrequency`.
    public var highestFrequency: Double?
    /// The least share of the time, and the least change of the level, that counts as a disturbance.
    public var tolerance: Double
    /// Whether there were enough runs to look for changes of the level.
    public var isConclusive: Bool

    /// Whether nothing was found that disturbed the runs.
    public var isStationary: Bool { findings.isEmpty && isConclusive }

    /// The largest disturbance; `nil` where there was none.
    public var cause: Cause? { findings.first?.cause }

    /// One sentence.
    public var statement: String {
        guard let first = findings.first else {
            return isConclusive ? "stationary" : "too few runs to tell whether it is stationary (\(samples))"
        }
        let others = findings.count > 1 ? ", and \(findings.count - 1) more" : ""
        return "disturbed: \(first.evidence)\(others)"
    }
}

extension StationarityCertificate.Cause {
    /// What it is called in tables.
    public var words: String {
        switch self {
        case .anotherProcess: "another process"
        case .hypervisor: "stolen by the hypervisor"
        case .slowerProcessor: "the processor throttled"
        case .slowerDevice: "the device throttled"
        case .slowerEngine: "the engine slowed down"
        case .drift: "drift without known cause"
        case .firstAllocation: "first allocation"
        case .coldStart: "cold start"
        case .pauses: "pauses"
        }
    }
}

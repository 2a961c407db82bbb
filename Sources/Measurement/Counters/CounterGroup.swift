/// Counters that are read together.
public enum CounterGroup: String, Codable, Sendable, CaseIterable {
    /// What the operating system did: faults, switches, calls, waiting.
    case system
    /// What the processor did: cycles, instructions, misses.
    case hardware
}

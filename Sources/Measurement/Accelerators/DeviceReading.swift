/// How an accelerator was at one moment, as its driver tells; `nil` members are not told.
public struct DeviceReading: Sendable, Hashable, Codable {
    /// The clock of its processors in MHz.
    public var processorClock: Int?
    /// The clock of its memory in MHz.
    public var memoryClock: Int?
    /// Degrees Celsius.
    public var temperature: Int?
    /// Power in watts.
    public var watts: Double?
    /// What holds its clocks down: `power cap`, `heat`; empty where nothing does but idleness.
    public var limits: [String]
    /// Bytes of its memory that all its users have.
    public var usedMemory: Int64?
    /// Bytes of its memory that the engine's processes have; `nil` where the driver does not list them, as from within some
    /// containers.
    public var ownMemory: Int64?

    /// Describes a reading.
    public init(
        processorClock: Int? = nil, memoryClock: Int? = nil, temperature: Int? = nil, watts: Double? = nil,
        limits: [String] = [], usedMemory: Int64? = nil, ownMemory: Int64? = nil
    ) {
        self.processorClock = processorClock
        self.memoryClock = memoryClock
        self.temperature = temperature
        self.watts = watts
        self.limits = limits
        self.usedMemory = usedMemory
        self.ownMemory = ownMemory
    }

    /// The words for the reasons that NVML tells as bits (`nvmlClocksEventReasons`); idleness and clocks that an application
    /// chose hold nothing down.
    static func limits(of reasons: Int64) -> [String] {
        guard reasons > 0 else { return [] }
        let words: [(bit: Int64, word: String)] = [
            (0x4, "power cap"), (0x8, "hardware slowdown"), (0x10, "other devices"), (0x20, "heat"),
            (0x40, "heat"), (0x80, "power brake"),
        ]
        var found: [String] = []
        for (bit, word) in words where reasons & bit != 0 && !found.contains(word) { found.append(word) }
        return found
    }
}

/// What `assay selftest` found of the instrument on a machine: how small a difference of run times it tells apart there.
public struct InstrumentTest: Sendable, Hashable, Codable {
    /// The difference, as a share of a run time, that 95 of 100 comparisons of an engine with itself stay below.
    public var resolution: Double
    /// When the instrument was tested.
    public var tested: Timestamp
    /// The version of Assay that was tested.
    public var tool: String
    /// The record of the self-test.
    public var record: RecordID
    /// Whether it was a short test.
    public var isQuick: Bool

    /// Describes a test.
    public init(resolution: Double, tested: Timestamp, tool: String, record: RecordID, isQuick: Bool = false) {
        self.resolution = resolution
        self.tested = tested
        self.tool = tool
        self.record = record
        self.isQuick = isQuick
    }
}

extension Machine {
    /// One sentence on what the instrument resolves here, or that nobody knows.
    public var instrumentSentence: String {
        guard let instrument else { return "this instrument was never tested on this machine: assay selftest" }
        let percent = instrument.resolution * 100
        let day = instrument.tested.day
        return "on this machine this instrument resolves "
            + "\(MetricUnit.digits(percent, decimals: percent < 10 ? 2 : 0)) % "
            + "(\(instrument.isQuick ? "quick " : "")self-test of \(day))"
    }
}

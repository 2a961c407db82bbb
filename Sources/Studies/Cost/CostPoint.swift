/// One configuration of a system against a single thread.
public struct CostPoint: Sendable, Hashable {
    /// How much it takes: threads, cores, workers or machines.
    public let size: Int
    /// How many times as much as the single thread it gets done in a time; above 1 it beats it.
    public let ratio: Double
    /// The least that the ratio may be; that of a published figure without a range is the ratio itself.
    public let lower: Double
    /// The most that the ratio may be.
    public let upper: Double

    /// Makes a point.
    public init(size: Int, ratio: Double, lower: Double? = nil, upper: Double? = nil) {
        self.size = size
        self.ratio = ratio
        self.lower = lower ?? ratio
        self.upper = upper ?? ratio
    }
}

/// The first runs, where they were slower than what followed.
struct SlowStart {
    /// How many runs there are of them; they tell nothing of what comes later.
    let count: Int
    private let share: Double
    private let slowest: Int64

    /// More new pages than this in the first block, 128 KiB, are memory that was allocated.
    private static let fewestFaults = 32
    /// The share of the time from which on it is a disturbance.
    static let leastShare = 0.002

    init(_ blocks: [MeasuredBlock]) {
        let samples = blocks.flatMap(\.samples)
        guard samples.count >= ChangePoints.fewestSamples, let median = Selection.median(of: samples), median > 0 else {
            (count, share, slowest) = (0, 0, 0)
            return
        }
        let slow = samples.prefix(max(1, samples.count / 10)).prefix { Double($0) > 1.25 * median }
        // What takes a tenth of the series at least is a level, not a start.
        count = slow.count < max(1, samples.count / 10) || slow.count == 1 ? slow.count : 0
        let total = samples.reduce(0.0) { $0 + Double($1) }
        share = samples.prefix(count).reduce(0.0) { $0 + Double($1) - median } / total
        slowest = samples.prefix(count).max() ?? 0
    }

    /// The disturbance, where it makes up for the least share of the time.
    func finding(_ usage: BlockUsage) -> StationarityCertificate.Finding? {
        guard count > 0, share >= Self.leastShare else { return nil }
        let later = usage.faults.dropFirst().sorted()
        let usual = later.isEmpty ? 0 : later[later.count / 2]
        let taken = (usage.faults.first ?? 0) - usual
        let runs = count == 1 ? "the first run" : "the first \(count) runs"
        let memory = taken >= Self.fewestFaults
        return StationarityCertificate.Finding(
            cause: memory ? .firstAllocation : .coldStart, share: share,
            evidence: "\(runs) took up to \(Evidence.time(slowest))"
                + (memory ? " and \(taken) new pages of memory" : " without taking new memory"))
    }
}

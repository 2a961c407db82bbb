/// What all blocks together had of the processor, and what others had.
struct BlockUsage {
    typealias Finding = StationarityCertificate.Finding

    /// The share of the time that threads of the process waited for a processor; `nil` where nothing tells.
    let waitingShare: Double?
    /// Processors that others kept busy, on average.
    let others: Double?
    /// Page faults of each block.
    let faults: [Int]
    private let stolenShare: Double?
    private let switches: Int
    private let seconds: Double

    init(_ blocks: [MeasuredBlock]) {
        let elapsed = blocks.reduce(0.0) { $0 + Double($1.elapsed) }
        switches = blocks.reduce(0) { $0 + $1.involuntarySwitches }
        seconds = elapsed * 1e-9
        faults = blocks.map(\.faults)
        waitingShare = Self.waitingShare(blocks)
        others = Self.share(blocks.map(\.others), of: elapsed)
        stolenShare = Self.share(blocks.map(\.stolen), of: elapsed)
    }

    /// The share of waiting in the time that threads were ready to run.
    ///
    /// Where the kernel does not count it, it is what processor time falls short of the time that passed, if the processor
    /// was taken away at all; an engine that sleeps loses it of its own accord.
    static func waitingShare(_ blocks: [MeasuredBlock]) -> Double? {
        let waiting = blocks.compactMap(\.waiting)
        let ran = blocks.reduce(0.0) { $0 + Double($1.processor) }
        guard waiting.count == blocks.count, !blocks.isEmpty else {
            let elapsed = blocks.reduce(0.0) { $0 + Double($1.elapsed) }
            let switches = Double(blocks.reduce(0) { $0 + $1.involuntarySwitches })
            guard elapsed > 0 else { return nil }
            let stolen = blocks.reduce(0.0) { $0 + Double($1.stolen ?? 0) }
            return switches > 5 * elapsed * 1e-9 ? max(0, 1 - (ran + stolen) / elapsed) : 0
        }
        let waited = waiting.reduce(0.0) { $0 + Double($1) }
        return waited + ran > 0 ? waited / (waited + ran) : 0
    }

    static func share(_ times: [Int64?], of elapsed: Double) -> Double? {
        let known = times.compactMap(\.self)
        guard known.count == times.count, elapsed > 0 else { return nil }
        return known.reduce(0.0) { $0 + Double($1) } / elapsed
    }

    /// Others had the processor while this process was ready to run.
    func waitingFinding(_ least: Double) -> Finding? {
        guard let waitingShare, waitingShare >= least else { return nil }
        let rate = seconds > 0 ? Int((Double(switches) / seconds).rounded()) : 0
        let busy = others.map { "; others kept \(Evidence.number($0)) processors busy" } ?? ""
        return Finding(
            cause: .anotherProcess, share: waitingShare,
            evidence: "the process waited for a processor \(Evidence.percent(waitingShare)) of the time, "
                + "and lost it \(rate) times a second\(busy)")
    }

    /// The hypervisor had it.
    func stolenFinding(_ least: Double) -> Finding? {
        guard let stolenShare, stolenShare >= least else { return nil }
        let share = min(stolenShare, 1)
        return Finding(
            cause: .hypervisor, share: share, evidence: "the hypervisor took \(Evidence.percent(share)) of the time")
    }
}

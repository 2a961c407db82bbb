import Engines
import Records

/// What one cell of the study gave.
struct StabilityCell: Sendable {
    let configuration: StabilityConfiguration
    var outcome = Outcome.State.completed
    var log = ""
    /// What the library said it is; `nil` where it was not opened.
    var identity: EngineIdentity?
    /// The options in force, read back where the engine tells.
    var options: EngineOptions?
    /// One digest a sample: equal for outputs that are bit-identical.
    var digests: [Digest] = []
    /// Outputs that do not begin with the batch and were not compared.
    var shared: Set<String> = []
    /// Later runs of the same process against its first.
    var repeated: CellComparison
    /// Runs of other processes against those of the first.
    var restarted: CellComparison
    /// Against the reference; `nil` for the reference itself.
    var comparison: CellComparison?
    /// Against the first cell of the same stack that completed; `nil` for that one.
    var own: CellComparison?
    /// The title of that first cell, and what is set otherwise: `threads 1 → 2`.
    var ownBase = ""
    var change = ""
    /// How many settings are others.
    var changes = 0
    var timing = CellTiming()
    /// The bits that operators keep, as the probe of arithmetic shows them; empty where it could not be run.
    var kept: [ArithmeticProbe.Kept] = []
    /// Why it could not.
    var probeObstacle = ""
    var kind: DifferenceClass?
    var ownKind: DifferenceClass?

    init(_ configuration: StabilityConfiguration, tolerance: Double) {
        self.configuration = configuration
        repeated = CellComparison(tolerance: tolerance)
        restarted = CellComparison(tolerance: tolerance)
    }

    var title: String { configuration.title }
    var labels: Labels { configuration.labels }
    var isCompleted: Bool { outcome == .completed }

    /// Whether it gave the same bits whenever it ran; true where it ran once, since nothing says otherwise.
    var isDeterministic: Bool {
        repeated.identical == repeated.samples && restarted.identical == restarted.samples
    }

    /// Median time of an item, in nanoseconds.
    var timeOfItem: Double? {
        timing.median.map { $0 / Double(max(configuration.setting.batch, 1)) }
    }

    /// The share of samples with the same bits as in another cell; `nil` where there is nothing to compare.
    func identicalShare(with other: StabilityCell) -> Double? {
        let count = min(digests.count, other.digests.count)
        guard count > 0 else { return nil }
        return Double(zip(digests, other.digests).count { $0 == $1 }) / Double(count)
    }
}

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

/// All that a study of stability found.
struct StabilityFindings: Sendable {
    /// The stacks of the spec, prepared as it states them.
    let stacks: [PreparedStack]
    /// The files as they are, the model first, and what records call them.
    let files: [ResolvedModel]
    let names: [String]
    let samples: StabilitySamples
    let labelling: StabilityLabelling
    /// Every file that was loaded, those with another batch too.
    var variants: [StabilityVariant] = []
    /// Batches that a file cannot have, and why.
    var obstacles: [String] = []
    var cells: [StabilityCell] = []
    /// The place of the reference among the cells; `nil` where none completed.
    var reference: Int?
    var partings: [NodeParting] = []
    var pitfalls: [Pitfall] = []
    var isPartial = false

    /// The cells that did all that was asked.
    var completed: [StabilityCell] { cells.filter(\.isCompleted) }

    /// Those that were held against the reference.
    var compared: [StabilityCell] { completed.filter { $0.kind != nil } }
}

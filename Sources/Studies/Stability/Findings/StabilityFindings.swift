import Assets
import Engines

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

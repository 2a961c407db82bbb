import Assets
import Engines
import Records

/// One cell of the study before it runs: a stack with its settings, and the file at the batch that it is given.
struct StabilityConfiguration: Sendable {
    let setting: StabilitySetting
    let stack: PreparedStack
    /// The file as every engine loads it.
    let variant: StabilityVariant
    /// What the record calls the file.
    let model: String
    /// Whether several batches or files take part, which titles then name.
    let namesBatch: Bool
    let namesModel: Bool

    /// What tables call the cell, unique within the study.
    var title: String {
        stack.title + (namesBatch ? ", batch \(setting.batch)" : "") + (namesModel ? ", \(model)" : "")
    }

    var labels: Labels {
        let options = setting.request.options
        return [
            Label.model: model, Label.stack: stack.title, Label.batch: String(setting.batch),
            Label.threads: String(options.threads), "optimization": options.optimization.rawValue,
            "precision": options.precision.rawValue,
        ]
    }

    /// What is otherwise than in another cell of the same stack: `threads 1 → 2`; `nil` for another stack.
    func change(from other: StabilityConfiguration) -> String? {
        guard let axes = setting.axes(from: other.setting) else { return nil }
        return axes.map { axis in
            axis == .model
                ? "\(other.model) → \(model)"
                : "\(axis.rawValue) \(other.setting.word(axis)) → \(setting.word(axis))"
        }.joined(separator: ", ")
    }
}

/// A file of the model at one batch.
struct StabilityVariant: Sendable {
    let batch: Int
    let file: ResolvedModel
    /// What its runs are given.
    let runs: [StabilityRun]
}

/// One run of a model at a batch.
struct StabilityRun: Sendable {
    /// The tensors by the names of inputs.
    let inputs: [NamedTensor]
    /// The samples in it, by number; places of the batch beyond them are filled with the first samples again.
    let samples: Range<Int>
}

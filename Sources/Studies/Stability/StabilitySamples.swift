import Assets
import Records

/// The samples of a study of stability, read and pre-processed before anything runs.
struct StabilitySamples: Sendable {
    /// One item of the data.
    struct Sample: Sendable {
        var name: String
        /// The label that the data have for it.
        var label: String?
        /// Its tensors, by the names of inputs; as the model takes them alone where they were drawn at random.
        var inputs: [NamedTensor]
    }

    private(set) var all: [Sample] = []
    /// Samples that could not be read, and why.
    private(set) var unreadable: [String] = []
    /// The data by content; `nil` where inputs are random.
    let digest: Digest?
    /// How samples become a batch.
    let joining: Batch.Joining

    /// Takes samples drawn at random, each of which is a batch of one already.
    init(random inputs: [[NamedTensor]], seed: Int) {
        all = inputs.enumerated().map {
            Sample(name: "random inputs, seed \(seed &+ $0.offset)", label: nil, inputs: $0.element)
        }
        digest = nil
        joining = .concatenate
    }

    /// Reads as many samples of the data as a study asks for, drawn by its seed; fewer where there are fewer.
    ///
    /// - Throws: `AssetError` or `StudyError` where data or steps are wrong, or no sample can be read.
    init(_ data: DataSpec, _ spec: StabilitySpec, _ context: StudyContext) throws {
        let set = try data.source.open(relativeTo: try context.folder(data.origin))
        var chosen = data
        chosen.limit = min(data.limit ?? spec.samples, spec.samples)
        let loader = Loader(
            data: set, pipeline: try spec.preprocess.prepare(for: set.kind, resources: context.resources),
            indices: try SelectedSamples.indices(of: set, chosen, seed: spec.seed), policy: data.unreadable)
        digest = try set.contentHash()
        joining = spec.joining
        for index in loader.indices {
            let sample = loader.load(index)
            switch sample.inputs {
            case .success(let tensors):
                all.append(
                    Sample(
                        name: sample.name, label: sample.label?.text(classNames: set.classNames), inputs: tensors))
            case .failure(let error):
                guard data.unreadable == .unanswered else { throw error }
                unreadable.append("\(sample.name): \(error.reason)")
            }
        }
        guard !all.isEmpty else {
            throw StudyError(
                .data, subject: "data", reason: "none of its samples can be read: \(unreadable.first ?? "")",
                remedy: "check the path and the steps of 'preprocess'")
        }
    }

    /// The samples as runs of so many items each.
    ///
    /// - Throws: `AssetError` where samples do not join, `StudyError` where they do not fit the model.
    func runs(batch: Int, bindingWith binding: InputBinding) throws -> [StabilityRun] {
        try stride(from: 0, to: all.count, by: batch).map { first in
            let items = (0..<batch).map { all[(first + $0) % all.count].inputs }
            let isReady = batch == 1 && digest == nil
            let inputs = isReady ? items[0] : try Batch.assemble(items, joining: joining)
            return StabilityRun(
                inputs: try binding.bind(inputs), samples: first..<min(first + batch, all.count))
        }
    }
}

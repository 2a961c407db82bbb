import Assets
import Records

/// Samples of the data of a study of load, read and pre-processed before anything is timed.
struct LoadSamples: Sendable {
    /// What records call each sample.
    private(set) var names: [String] = []
    /// Each sample's tensors, by the names of inputs.
    private(set) var inputs: [[NamedTensor]] = []
    /// Samples that could not be read, and why.
    private(set) var unreadable: [String] = []
    /// The data by content.
    let digest: Digest

    /// Reads as many samples as a study asks for, drawn by its seed; fewer where the data have fewer.
    ///
    /// - Throws: `AssetError` or `StudyError` where data or steps are wrong, or no sample can be read.
    init(_ data: DataSpec, _ spec: LoadSpec, _ context: StudyContext) throws {
        let set = try data.source.open(relativeTo: try context.folder(data.origin))
        let count = max(spec.inputs, spec.batches.max() ?? 1)
        var chosen = data
        chosen.limit = min(data.limit ?? count, count)
        let loader = Loader(
            data: set, pipeline: try spec.preprocess.prepare(for: set.kind, resources: context.resources),
            indices: try SelectedSamples.indices(of: set, chosen, seed: spec.seed), policy: data.unreadable)
        digest = try set.contentHash()
        for index in loader.indices {
            let sample = loader.load(index)
            switch sample.inputs {
            case .success(let tensors):
                names.append(sample.name)
                inputs.append(tensors)
            case .failure(let error):
                guard data.unreadable == .unanswered else { throw error }
                unreadable.append("\(sample.name): \(error.reason)")
            }
        }
        guard !inputs.isEmpty else {
            throw StudyError(
                .data, subject: "data", reason: "none of its samples can be read: \(unreadable.first ?? "")",
                remedy: "check the path and the steps of 'preprocess'")
        }
    }

    /// Samples as the inputs of runs of so many items each; they begin anew where they run out.
    ///
    /// - Throws: `AssetError` where samples do not join.
    func runs(_ count: Int, batch: Int, joining: Batch.Joining) throws(AssetError) -> [[NamedTensor]] {
        var runs: [[NamedTensor]] = []
        for run in 0..<count {
            let items = (0..<batch).map { inputs[(run * batch + $0) % inputs.count] }
            runs.append(try Batch.assemble(items, joining: joining))
        }
        return runs
    }
}

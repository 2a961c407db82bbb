import Assets
import Graphs
import Tensors

/// What a model is fed first, on which its speed is measured.
struct FirstInputs {
    /// A value for each input of the model.
    let inputs: [NamedTensor]

    /// Makes the inputs of the first sample that can be read, or the random ones of an evaluation without data.
    ///
    /// - Throws: `AssetError` or `StudyError` when no sample can be read or the inputs do not fit.
    init(_ opened: OpenedModel, spec: EvaluateSpec, data: (any DataSet)?) throws {
        let binding = InputBinding(
            inputs: opened.asked, constants: opened.spec.constantValues, model: opened.model.name)
        guard let data, let dataSpec = spec.data, let pipeline = opened.pipeline else {
            inputs = try binding.bind(try opened.synthetic.make())
            return
        }
        let indices = try SelectedSamples.indices(of: data, dataSpec, seed: spec.seed)
        let loader = Loader(data: data, pipeline: pipeline, indices: indices, policy: dataSpec.unreadable)
        var failure: AssetError?
        for index in indices {
            switch loader.load(index).inputs {
            case .failure(let error): failure = failure ?? error
            case .success(let tensors):
                let batch = try Batch.assemble([tensors], joining: opened.spec.joining)
                inputs = try binding.bind(batch)
                return
            }
        }
        throw failure
            ?? AssetError(
                .unusableSample, subject: opened.model.name, reason: "the data have no sample that can be read")
    }
}

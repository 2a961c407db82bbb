import Assets
import Records
import Tensors

/// What a cell gave, sample by sample, cut out of its batches.
struct CellOutputs: Sendable {
    /// The outputs of each sample, as if it had run alone.
    private(set) var samples: [[NamedTensor]] = []
    private(set) var answers: [Answer] = []
    /// One digest a sample: equal for outputs that are bit-identical.
    private(set) var digests: [Digest] = []
    /// Outputs that do not begin with the batch, and so belong to no sample.
    private(set) var shared: Set<String> = []

    var isEmpty: Bool { samples.isEmpty }

    /// Takes in one run.
    ///
    /// - Parameter singles: the inputs of every sample alone.
    /// - Throws: `StudyError` where the outputs do not fit the task.
    mutating func add(
        _ outputs: [NamedTensor], of run: StabilityRun, batch: Int, singles: [[NamedTensor]],
        _ labelling: StabilityLabelling
    ) throws(StudyError) {
        for (place, sample) in run.samples.enumerated() {
            var own: [NamedTensor] = []
            for output in outputs {
                if let tensor = batch == 1 ? output.tensor : output.tensor.item(place, of: batch) {
                    own.append(NamedTensor(name: output.name, tensor: tensor))
                } else {
                    shared.insert(output.name)
                }
            }
            samples.append(own)
            answers.append(try labelling.answer(own, inputs: singles[sample]))
            digests.append(own.digest)
        }
    }
}

extension Tensor {
    /// One item of a batch as a batch of one; `nil` where the first extent is not the batch or elements share bytes.
    func item(_ index: Int, of batch: Int) -> Tensor? {
        guard shape.rank > 0, shape[0] == batch, (0..<batch).contains(index) else { return nil }
        let inner = Shape([1] + shape.dimensions.dropFirst())
        let count = elementCount / batch
        if let strings {
            return try? Tensor(strings: Array(strings[(index * count)..<((index + 1) * count)]), shape: inner)
        }
        guard let bytes, (count * elementType.bitWidth).isMultiple(of: 8) else { return nil }
        let width = count * elementType.bitWidth / 8
        guard let part = bytes.slice((index * width)..<((index + 1) * width)) else { return nil }
        return try? Tensor(elementType: elementType, shape: inner, bytes: part)
    }
}

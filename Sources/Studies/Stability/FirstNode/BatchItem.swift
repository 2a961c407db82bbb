package import Tensors

/// The place of a sample in the runs of a variant.
package struct BatchItem: Sendable, Hashable {
    /// The number of the run, and the sample's place in it.
    let run: Int
    let place: Int
    let batch: Int

    /// Two values of one sample that can be compared.
    package struct Pair: Sendable, Hashable {
        package let reference: Tensor
        package let other: Tensor
    }

    /// Describes a place.
    package init(run: Int = 0, place: Int, batch: Int) {
        self.run = run
        self.place = place
        self.batch = batch
    }

    /// Finds a sample; `nil` where no run has it.
    init?(of sample: Int, in variant: StabilityVariant) {
        guard let run = variant.runs.firstIndex(where: { $0.samples.contains(sample) }) else { return nil }
        self.init(run: run, place: sample - variant.runs[run].samples.lowerBound, batch: variant.batch)
    }

    /// Two values as far as they are the sample's: as they are where both sides ran the same batch, and otherwise cut out of
    /// their batches; `nil` where one is missing or does not begin with its batch.
    package static func pair(_ left: Tensor?, _ own: BatchItem, _ right: Tensor?, _ its: BatchItem) -> Pair? {
        guard let left, let right else { return nil }
        if own.batch == its.batch { return Pair(reference: left, other: right) }
        guard let reference = left.item(own.place, of: own.batch), let other = right.item(its.place, of: its.batch)
        else {
            return nil
        }
        return Pair(reference: reference, other: other)
    }
}

import Assets
import Records

/// What each step of pre-processing made of the first samples, so that a later run can tell the step that differs: the
/// decoder from the resize filter.
struct StepEvidence: Sendable {
    /// How many samples are looked at.
    static let samples = 4

    private var builders: [FingerprintBuilder]
    private let names: [String]

    /// Puts the first samples through the pipeline, step by step; those that cannot be read are left out.
    init(_ pipeline: PreparedPipeline, data: any DataSet, indices: [Int]) {
        names = pipeline.stepNames
        builders = names.map { _ in FingerprintBuilder() }
        for index in indices.prefix(Self.samples) {
            guard let item = try? data.item(at: index),
                let digests = try? pipeline.stages(item.sample, subject: item.name)
            else { continue }
            for (step, digest) in digests.enumerated() { builders[step].add(Fingerprint.Sample(item.name, digest)) }
        }
    }

    /// One fingerprint a step.
    func all(labels: Labels) -> [Fingerprint] {
        zip(names, builders).enumerated().map { place, step in
            step.1.fingerprint(.step, labels: labels.merging(["step": "\(place) \(step.0)"]) { $1 })
        }
    }
}

/// Something that can be seen of a run, in the order in which a reader asks for it: one number that is 0 where nothing
/// differs from the record.
enum Observable: String, Sendable, CaseIterable {
    case outcomes
    case outputs
    case answers
    case scores
    case inputs

    /// The number that a run shows; `nil` where the record does not tell.
    ///
    /// Outputs are measured by their distance, or by the share of samples with another bit where the distance cannot be had.
    func value(_ observation: ReplayObservation) -> Double? {
        switch self {
        case .outcomes: observation.outcomes
        case .outputs:
            // A difference beyond the samples whose numbers were kept still counts.
            if let distance = observation.distance, distance.isFinite, distance > 0 {
                distance
            } else {
                observation.bits
            }
        case .answers: observation.answers
        case .scores: observation.scores
        case .inputs: observation.inputs
        }
    }

    /// What tables call it.
    var title: String {
        switch self {
        case .outcomes: "how the stacks ended"
        case .outputs: "outputs"
        case .answers: "answers"
        case .scores: "accuracy"
        case .inputs: "inputs"
        }
    }
}

import Tensors

/// Hands out weights by name and keeps account: what is missing, misshapen, or never asked for.
struct WeightReader {
    private let weights: [String: Tensor]
    private var taken: Set<String> = []
    private var problems: [String] = []

    init(_ weights: [String: Tensor]) { self.weights = weights }

    /// A weight of the given shape; a scalar in its place, and a problem on the account, where there is none.
    mutating func take(_ name: String, shape: Shape) -> Tensor {
        guard let weight = weights[name] else {
            problems.append("'\(name)' is missing")
            return Tensor(scalar: Float.zero)
        }
        taken.insert(name)
        guard weight.elementType == .float32, weight.shape == shape else {
            problems.append("'\(name)' is \(weight.elementType.name)[\(weight.shape)], not f32[\(shape)]")
            return Tensor(scalar: Float.zero)
        }
        return weight
    }

    /// Leaves weights aside that inference has no use for.
    mutating func ignore(where isUseless: (String) -> Bool) {
        taken.formUnion(weights.keys.filter(isUseless))
    }

    /// Closes the account.
    ///
    /// - Throws: `ArchitectureError` of code `weightMismatch` that names every problem, up to twenty.
    func close(network: String) throws(ArchitectureError) {
        let extra = weights.keys.filter { !taken.contains($0) }.sorted().map { "'\($0)' is not used" }
        let all = problems + extra
        guard !all.isEmpty else { return }
        let shown = all.prefix(20).joined(separator: ", ")
        let rest = all.count > 20 ? ", and \(all.count - 20) more" : ""
        throw ArchitectureError(
            .weightMismatch, subject: network, reason: "the weights do not fit: \(shown)\(rest)",
            remedy: "take the checkpoint that this network was trained to")
    }
}

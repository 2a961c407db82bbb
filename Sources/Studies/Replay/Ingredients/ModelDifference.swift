import Graphs
import Records
import Tensors

/// How two models differ in what they compute: in the graph, in weights, or not at all.
///
/// With the recorded file on this machine the weights are compared one by one; without it the record's fingerprints tell
/// which of the listed ones differ.
struct ModelDifference: Sendable, Hashable {
    /// Whether the graphs differ; `nil` where the record does not say.
    var graph: Bool?
    /// Whether weights differ; `nil` where the record does not say.
    var weights: Bool?
    /// The weights that are known to differ, in words.
    var words: [String] = []

    /// Compares a model that is here with a recorded one.
    init(here: ResolvedModel, there: ResolvedModel?, name: String, record: Record) {
        guard let model = try? Model(contentsOf: here.path) else { return }
        let own = ModelFingerprints(model)
        let labels = [Label.model: name]
        if let recorded = record.fingerprint(.graph, labels), let digest = own.graph {
            graph = recorded.samples.first?.digest != digest
        }
        if let recorded = record.fingerprint(.weights, labels) {
            let fingerprint = Fingerprint(.weights, own.weights, labels: labels)
            weights = recorded.digest != fingerprint.digest
            words = zip(recorded.samples, fingerprint.samples).filter { $0 != $1 }.map { "'\($1.name)'" }
        }
        guard let there, let original = try? Model(contentsOf: there.path) else { return }
        let other = ModelFingerprints(original)
        graph = own.graph != other.graph
        weights = own.weights != other.weights
        words = Self.words(model, original)
    }

    /// In a few words.
    var description: String {
        switch (graph, weights) {
        case (true, true): "the graph and weights differ" + list
        case (true, _): "the graph differs"
        case (_, true): "weights differ" + list
        case (false, false): "only names and notes differ"
        default: ""
        }
    }

    private var list: String {
        guard !words.isEmpty else { return "" }
        return ": " + words.prefix(3).joined(separator: ", ") + (words.count > 3 ? " and \(words.count - 3) more" : "")
    }

    private static func words(_ here: Model, _ there: Model) -> [String] {
        let old = Dictionary(there.graph.initializers.map { ($0.name, $0.tensor) }) { $1 }
        return here.graph.initializers.compactMap { initializer in
            guard let tensor = old[initializer.name] else { return "'\(initializer.name)' is new" }
            guard tensor != initializer.tensor else { return nil }
            return "'\(initializer.name)'" + (count(initializer.tensor, tensor).map { ", \($0)" } ?? "")
        }
    }

    private static func count(_ here: Tensor, _ there: Tensor) -> String? {
        guard here.shape == there.shape, here.elementType == there.elementType, let a = try? here.doubles(),
            let b = try? there.doubles()
        else { return nil }
        let differing = zip(a, b).reduce(0) { $0 + ($1.0.bitPattern == $1.1.bitPattern ? 0 : 1) }
        let comparison = TensorComparison(here, reference: there, tolerance: .agreement(0, nanEqualsNaN: true))
        let units = comparison.maximumUlps.map { ", by at most \($0) in the last place" } ?? ""
        return "\(differing) of \(a.count) elements" + units
    }
}

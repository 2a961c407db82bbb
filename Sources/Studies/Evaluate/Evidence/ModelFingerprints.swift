import Assets
import Graphs
import Records
import Tensors

/// What a model computes, by content: its graph without weights, and its weights one by one.
///
/// Names of producers, notes and metadata are left out: two files that differ only there compute the same.
struct ModelFingerprints: Sendable, Hashable {
    /// The graph; `nil` where it cannot be written.
    let graph: Digest?
    /// The initializers by name, in the order of their names.
    let weights: [Fingerprint.Sample]

    /// Reads a model.
    init(_ model: Model) {
        graph = Self.bare(model).map { SHA256.hash($0) }
        weights = model.graph.initializers.sorted { $0.name < $1.name }.map { initializer in
            Fingerprint.Sample(
                initializer.name,
                SHA256.digest(of: initializer.tensor.typeText + " " + initializer.tensor.digest.hex))
        }
    }

    /// The fingerprints as a record keeps them.
    func all(labels: Labels) -> [Fingerprint] {
        let graphs = graph.map { [Fingerprint(.graph, [Fingerprint.Sample("graph", $0)], labels: labels)] } ?? []
        return graphs + [Fingerprint(.weights, weights, labels: labels)]
    }

    /// The bytes of the model without weights and without what does not compute.
    private static func bare(_ model: Model) -> Bytes? {
        var bare = model
        bare.producerName = ""
        bare.producerVersion = ""
        bare.modelVersion = 0
        bare.documentation = ""
        bare.metadata = []
        bare.unknownFields = []
        bare.graph.name = ""
        bare.graph.documentation = ""
        bare.graph.metadata = []
        bare.graph.valueInfos = []
        bare.graph.initializers = []
        for index in bare.graph.nodes.indices {
            bare.graph.nodes[index].documentation = ""
            bare.graph.nodes[index].metadata = []
        }
        return try? bare.serialized()
    }
}

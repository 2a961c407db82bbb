import Records

/// Where two cells part: the first node in topological order whose result is another one.
struct NodeParting: Sendable {
    /// A node's result that differs.
    struct Place: Sendable, Hashable {
        /// The place of the node in topological order, from 0.
        var index: Int
        /// The name of the node; that of its result where it has none.
        var node: String
        var operatorType: String
        /// The name of the result.
        var value: String
        /// The largest distance in units in the last place; `nil` where the type has none.
        var units: UInt64?
        /// max|a−b| / max|b|; infinite where types, shapes or not-a-numbers differ.
        var distance: Double

        /// The place in words: `node 12 of 105, Conv 'conv1'`.
        func words(of nodes: Int) -> String { "node \(index + 1) of \(nodes), \(operatorType) '\(node)'" }
    }

    let reference: String
    let other: String
    var labels: Labels
    /// The sample that both ran.
    let sample: String
    /// Nodes of the model.
    var nodes = 0
    /// Results that were compared.
    var compared = 0
    /// Results of other batches on both sides that do not begin with the batch, so that no sample can be cut out of them.
    var uncut = 0
    /// The first result with other bits.
    var bits: Place?
    /// The first result beyond the tolerance.
    var beyond: Place?
    /// Whether the model's own outputs still differed with inner values made outputs too.
    var outputsDiffer = false
    /// Why nothing, or no more, could be told; empty where all was.
    var obstacle = ""

    /// What was found, in a sentence.
    var statement: String {
        guard obstacle.isEmpty || bits != nil else { return "cannot be told: \(obstacle)" }
        guard let bits else {
            return compared == 0
                ? "no inner value could be compared"
                : "with \(compared) inner values made outputs too, none differs"
                    + (outputsDiffer
                        ? ", but the outputs do" : " and neither do the outputs: the difference is one of fusion")
        }
        let units = bits.units.map { StabilityUnit.ulp.format(Double($0)) }
        let apart = bits.distance.isFinite ? MetricUnit.number.format(bits.distance) + " apart" : nil
        return ([bits.words(of: nodes)] + [units, apart].compactMap(\.self)).joined(separator: ", ")
            + (outputsDiffer ? "" : "; with inner values made outputs too the model's own outputs no longer differ")
            + (uncut > 0 ? "; \(uncut) inner values do not begin with the batch and were not compared" : "")
    }
}

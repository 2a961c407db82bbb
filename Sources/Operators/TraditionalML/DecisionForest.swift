import Graphs
import Tensors

/// The trees of a `TreeEnsemble`.
struct DecisionForest {
    /// How a node compares a feature.
    private enum Test {
        case atMost, below, atLeast, above, equal, unequal
        case member(Set<Double>)

        func holds(_ value: Double, _ split: Double) -> Bool {
            switch self {
            case .atMost: value <= split
            case .below: value < split
            case .atLeast: value >= split
            case .above: value > split
            case .equal: value == split
            case .unequal: value != split
            case .member(let members): members.contains(value)
            }
        }
    }

    /// Where a branch leads.
    private struct Branch: Equatable {
        let target: Int
        let isLeaf: Bool
    }

    private struct Node {
        let feature: Int
        let test: Test
        let split: Double
        let takesMissing: Bool
        let whenTrue: Branch
        let whenFalse: Branch
    }

    private enum Aggregation: Int {
        case average, sum, minimum, maximum
    }

    /// The number of targets.
    let targets: Int
    private let nodes: [Node]
    private let leaves: [(weight: Double, target: Int)]
    private let roots: [Int]
    private let aggregation: Aggregation
    private let path: String

    /// The number of targets: given, or one more than the largest.
    static func targetCount(_ attributes: Attributes) throws(OperatorError) -> Int {
        let largest = try attributes.ints("leaf_targetids").max() ?? -1
        let count = try attributes.optionalInt("n_targets") ?? largest &+ 1
        guard count > largest, count >= 0, count < 1 << 31 else {
            throw OperatorError(
                .attribute, subject: attributes.path, reason: "leaves have targets up to \(largest) of \(count)")
        }
        return count
    }

    /// Reads the attributes.
    ///
    /// - Throws: `OperatorError` of code `attribute` where their lengths differ or something points outside.
    init(_ attributes: Attributes) throws(OperatorError) {
        path = attributes.path
        targets = try Self.targetCount(attributes)
        let number = try attributes.int("aggregate_function")
        guard let aggregation = Aggregation(rawValue: number) else {
            throw Self.refusal("aggregate_function is \(number)", path)
        }
        self.aggregation = aggregation
        let weights = try Self.numbers(try attributes.tensor("leaf_weights"), path)
        let ids = try attributes.ints("leaf_targetids")
        guard weights.count == ids.count, ids.allSatisfy({ $0 >= 0 }) else {
            throw Self.refusal("leaf_weights and leaf_targetids do not belong together", path)
        }
        leaves = Array(zip(weights, ids)).map { (weight: $0.0, target: $0.1) }
        nodes = try Self.nodes(attributes, leaves: weights.count)
        roots = try attributes.ints("tree_roots")
        guard roots.allSatisfy(nodes.indices.contains) else { throw Self.refusal("tree_roots point outside", path) }
    }

    private static func refusal(_ reason: String, _ path: String) -> OperatorError {
        OperatorError(.attribute, subject: path, reason: reason)
    }

    private static func numbers(_ tensor: Tensor, _ path: String) throws(OperatorError) -> [Double] {
        try Conversion.convert(tensor, to: .float64, path).elements(path)
    }

    private static func nodes(_ attributes: Attributes, leaves: Int) throws(OperatorError) -> [Node] {
        let path = attributes.path
        let features = try attributes.ints("nodes_featureids")
        let splits = try numbers(try attributes.tensor("nodes_splits"), path)
        let modes = try attributes.tensor("nodes_modes").integers(path)
        let missing =
            try attributes.optionalInts("nodes_missing_value_tracks_true") ?? features.map { _ in 0 }
        func branches(_ kind: String) throws(OperatorError) -> [Branch] {
            let (ids, flags) = (try attributes.ints("nodes_\(kind)nodeids"), try attributes.ints("nodes_\(kind)leafs"))
            let branches = zip(ids, flags).map { Branch(target: $0, isLeaf: $1 != 0) }
            guard ids.count == features.count, flags.count == features.count,
                branches.allSatisfy({ $0.target >= 0 && $0.target < ($0.isLeaf ? leaves : features.count) })
            else { throw refusal("nodes_\(kind)nodeids and nodes_\(kind)leafs do not lead into the trees", path) }
            return branches
        }
        let (whenTrue, whenFalse) = (try branches("true"), try branches("false"))
        guard splits.count == features.count, modes.count == features.count, missing.count == features.count else {
            throw refusal("attributes of nodes have different lengths", path)
        }
        let tests = try tests(modes, try attributes.optionalTensor("membership_values"), path)
        return features.indices.map { index in
            Node(
                feature: features[index], test: tests[index], split: splits[index], takesMissing: missing[index] != 0,
                whenTrue: whenTrue[index], whenFalse: whenFalse[index])
        }
    }

    /// The tests of all nodes; sets of members stand one after the other, each ended by a NaN.
    private static func tests(_ modes: [Int], _ members: Tensor?, _ path: String) throws(OperatorError) -> [Test] {
        var rest = try members.map { (members) throws(OperatorError) in try numbers(members, path) }?[...] ?? []
        var tests: [Test] = []
        for mode in modes {
            switch mode {
            case 0: tests.append(.atMost)
            case 1: tests.append(.below)
            case 2: tests.append(.atLeast)
            case 3: tests.append(.above)
            case 4: tests.append(.equal)
            case 5: tests.append(.unequal)
            case 6:
                guard let end = rest.firstIndex(where: \.isNaN) else {
                    throw refusal("membership_values holds too few sets", path)
                }
                tests.append(.member(Set(rest[..<end])))
                rest = rest[(end + 1)...]
            default: throw refusal("nodes_modes holds \(mode), which is no comparison", path)
            }
        }
        return tests
    }

    /// The joined weights of the leaves that a row of features reaches, by target.
    ///
    /// - Throws: `OperatorError` of code `index` where a feature is missing, `attribute` where a tree is a circle.
    func scores(_ row: ArraySlice<Double>) throws(OperatorError) -> [Double] {
        let start: Double =
            switch aggregation {
            case .average, .sum: 0
            case .minimum: Double(Float.greatestFiniteMagnitude)
            case .maximum: -Double(Float.greatestFiniteMagnitude)
            }
        var scores = [Double](repeating: start, count: targets)
        for root in roots {
            let leaf = leaves[try leaf(of: row, from: root)]
            switch aggregation {
            case .average: scores[leaf.target] += leaf.weight / Double(roots.count)
            case .sum: scores[leaf.target] += leaf.weight
            case .minimum: scores[leaf.target] = min(scores[leaf.target], leaf.weight)
            case .maximum: scores[leaf.target] = max(scores[leaf.target], leaf.weight)
            }
        }
        return scores
    }

    private func leaf(of row: ArraySlice<Double>, from root: Int) throws(OperatorError) -> Int {
        var current = root
        // A tree that is one leaf is written as a node with both branches there: its feature is not read.
        if nodes[root].whenTrue == nodes[root].whenFalse, nodes[root].whenTrue.isLeaf {
            return nodes[root].whenTrue.target
        }
        for _ in nodes.indices {
            let node = nodes[current]
            guard node.feature >= 0, node.feature < row.count else {
                throw OperatorError(
                    .index, subject: path, reason: "a node reads feature \(node.feature) of \(row.count)")
            }
            let value = row[row.startIndex + node.feature]
            let isTrue = node.test.holds(value, node.split) || node.takesMissing && value.isNaN
            let branch = isTrue ? node.whenTrue : node.whenFalse
            if branch.isLeaf { return branch.target }
            current = branch.target
        }
        throw Self.refusal("a tree leads back to itself", path)
    }
}

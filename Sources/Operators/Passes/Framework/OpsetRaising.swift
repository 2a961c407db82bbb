import Graphs

/// Whether a model means the same when its import of the standard operator set is raised.
///
/// Versions of an operator that only added element types or attributes with a neutral default change nothing. Those that
/// do are listed here, from the changelog of the ONNX standard; below version 13 too many do.
struct OpsetRaising {
    private let version: Int
    private let operators: [String: [Node]]
    /// The versions that local functions are written against.
    private let functionVersions: Set<Int>

    init(_ model: Model) {
        version = model.opsets[""] ?? 0
        var operators: [String: [Node]] = [:]
        OpsetRaising.collect(model.graph.nodes, into: &operators)
        self.operators = operators
        functionVersions = Set(model.functions.compactMap { $0.opsets[""] })
    }

    /// The oldest version whose successors this table knows.
    private static let oldest = 13
    /// The newest version that it knows.
    private static let newest = 25

    /// Versions in which an operator changed what an unchanged node means.
    private static let breaking: [String: [Int]] = [
        "ReduceL1": [18], "ReduceL2": [18], "ReduceLogSum": [18], "ReduceLogSumExp": [18], "ReduceMax": [18],
        "ReduceMean": [18], "ReduceMin": [18], "ReduceProd": [18], "ReduceSumSquare": [18], "Split": [18],
        "BatchNormalization": [14], "GroupNormalization": [21], "GridSample": [20], "RoiAlign": [16], "DFT": [20],
        "AveragePool": [19], "LpPool": [18, 22], "Resize": [18, 19], "Upsample": [10], "Scatter": [11],
        "Attention": [24],
    ]

    /// True where every operator of the model is known and none changed its meaning up to a version.
    func isHarmless(to newVersion: Int) -> Bool {
        // The standard's checker wants functions and model to mean the same version of what they call.
        guard version >= Self.oldest, newVersion <= Self.newest, functionVersions.isSubset(of: [newVersion]) else {
            return false
        }
        return operators.allSatisfy { name, nodes in
            guard OperatorCatalogue.standard.find(domain: "", name: name) != nil else { return false }
            let crossed = (Self.breaking[name] ?? []).contains { version < $0 && $0 <= newVersion }
            return !crossed || nodes.allSatisfy { Self.isUntouched($0) }
        }
    }

    /// True where a node is in a form that the changes of its operator left alone.
    private static func isUntouched(_ node: Node) -> Bool {
        switch node.operatorType {
        case "Split": node.inputs.count > 1 && !(node.inputs.last ?? "").isEmpty
        case "BatchNormalization": node.outputs.count(where: { !$0.isEmpty }) == 1
        case "AveragePool", "LpPool": node.attribute("ceil_mode").map { $0 == .int(0) } ?? true
        // Without axes all are reduced, then as now.
        case let name where name.hasPrefix("Reduce"): node.attribute("axes") == nil && node.inputs.count == 1
        default: false
        }
    }

    private static func collect(_ nodes: [Node], into operators: inout [String: [Node]]) {
        for node in nodes {
            if Domain.normalized(node.domain).isEmpty { operators[node.operatorType, default: []].append(node) }
            for graph in node.subgraphs { collect(graph.nodes, into: &operators) }
        }
    }
}

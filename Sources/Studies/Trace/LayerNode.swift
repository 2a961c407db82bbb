import Graphs

/// A node of a model as layer profiles name it: of the main graph, or of a body of control flow.
public struct LayerNode: Sendable, Hashable, Codable {
    /// What tells it from all others: its name, or its operator and place where it has none, after those around it:
    /// `If_3/then_branch/Conv_1`.
    public let path: String
    /// Its name in the file; may be empty.
    public let name: String
    /// The operator, with its domain where that is not the standard one.
    public let kind: String
    /// The values that it writes.
    public let outputs: [String]
    /// The index of the node in whose body it is.
    public let parent: Int?
    /// The attribute of that node which holds the body.
    public let body: String
    /// The nodes whose results it reads; a node that runs bodies reads what they return.
    public internal(set) var sources: [Int]
    /// True where a body returns, or the model returns, one of its results.
    public internal(set) var isReturned: Bool

    init(_ node: Node, path: String, parent: Int?, body: String) {
        self.path = path
        name = node.name
        kind =
            node.domain.isEmpty || node.domain == "ai.onnx"
            ? node.operatorType : node.domain + "::" + node.operatorType
        outputs = node.outputs.filter { !$0.isEmpty }
        self.parent = parent
        self.body = body
        sources = []
        isReturned = false
    }
}

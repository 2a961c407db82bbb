import Graphs
import Tensors

/// Steps that add control flow and local functions.
enum RandomBodies {
    static func body(_ builder: inout RandomGraphBuilder) {
        guard let (entry, tensor) = builder.pickFloat() else { return }
        switch builder.random.integer(in: 0...3) {
        case 0, 1: choice(entry.name, &builder)
        case 2: loop(entry.name, tensor, &builder)
        default: function(entry.name, &builder)
        }
    }

    /// A body that reads a value from outside and computes something of it.
    private static func branch(_ outer: String, _ builder: inout RandomGraphBuilder) -> Graph {
        let (a, b, c, d) = (builder.fresh("b"), builder.fresh("b"), builder.fresh("b"), builder.fresh("b"))
        var nodes = [
            Node("Identity", inputs: [outer], outputs: [a]),
            Node(builder.random.element(of: ["Relu", "Neg", "Tanh"]), inputs: [a], outputs: [b]),
            Node("Mul", inputs: [b, c], outputs: [d]),
        ]
        let constant = Initializer(name: c, tensor: Tensor(scalar: builder.chance(1, of: 2) ? Float(1) : 0.7))
        if builder.chance(1, of: 3) { nodes.append(Node("Sigmoid", inputs: [a], outputs: [builder.fresh("b")])) }
        return Graph(
            name: "branch", nodes: nodes, outputs: [ValueInfo(d, .tensor(.float32, nil))], initializers: [constant])
    }

    private static func choice(_ name: String, _ builder: inout RandomGraphBuilder) {
        let condition: String
        if builder.chance(1, of: 2) {
            condition = builder.addConstant(Tensor(scalar: builder.chance(1, of: 2)))
        } else {
            guard let fed = builder.addInput(.bool, []) else { return }
            condition = fed
        }
        let attributes = [
            Attribute("then_branch", .graph(branch(name, &builder))),
            Attribute("else_branch", .graph(branch(name, &builder))),
        ]
        _ = builder.add("If", [condition], attributes, isRounded: true)
    }

    /// A loop that adds to what it carries, and collects what it sees on the way.
    private static func loop(_ name: String, _ tensor: Tensor, _ builder: inout RandomGraphBuilder) {
        let (i, go, x) = (builder.fresh("b"), builder.fresh("b"), builder.fresh("b"))
        let (still, half, next, same) = (builder.fresh("b"), builder.fresh("b"), builder.fresh("b"), builder.fresh("b"))
        let factor = builder.fresh("b")
        let body = Graph(
            name: "body",
            nodes: [
                Node("Identity", inputs: [go], outputs: [still]), Node("Mul", inputs: [x, factor], outputs: [half]),
                Node("Add", inputs: [half, name], outputs: [next]), Node("Identity", inputs: [half], outputs: [same]),
            ],
            inputs: [
                ValueInfo(i, .tensor(.int64, [])), ValueInfo(go, .tensor(.bool, [])),
                ValueInfo(x, .tensor(.float32, SymbolicShape(tensor.shape))),
            ],
            outputs: [
                ValueInfo(still, .tensor(.bool, [])), ValueInfo(next, .tensor(.float32, nil)),
                ValueInfo(same, .tensor(.float32, nil)),
            ], initializers: [Initializer(name: factor, tensor: Tensor(scalar: Float(0.5)))])
        let trips = builder.addConstant(Tensor(scalar: Int64(builder.random.integer(in: 1...3))))
        _ = builder.add(
            "Loop", [trips, "", name], [Attribute("body", .graph(body))], outputs: 2, isRounded: true)
    }

    private static func function(_ name: String, _ builder: inout RandomGraphBuilder) {
        let title = builder.fresh("Block")
        let slope = builder.random.unit()
        builder.addFunction(
            Function(
                domain: "random", name: title, inputs: ["a"], outputs: ["r"], requiredAttributes: ["slope"],
                nodes: [
                    Node("Identity", inputs: ["a"], outputs: ["b"]),
                    Node(
                        "LeakyRelu", inputs: ["b"], outputs: ["c"],
                        attributes: [Attribute("alpha", .reference(name: "slope", type: 1))]),
                    Node(
                        "Constant", inputs: [], outputs: ["k"],
                        attributes: [Attribute("value", .tensor(Tensor(scalar: Float(2))))]),
                    Node("Mul", inputs: ["k", "k"], outputs: ["kk"]), Node("Mul", inputs: ["c", "kk"], outputs: ["d"]),
                    Node("Mul", inputs: ["c", "kk"], outputs: ["e"]), Node("Add", inputs: ["d", "e"], outputs: ["r"]),
                ], opsets: ["": builder.opset]))
        let attributes = [Attribute("slope", .float(Float(slope)))]
        guard let first = builder.add(title, [name], attributes, domain: "random")?.first else { return }
        if builder.chance(1, of: 3) { _ = builder.add(title, [first], attributes, domain: "random") }
    }
}

import Graphs
import Operators
import Tensors

/// The main graph of a model for inputs of fixed shapes: every value numbered, its type and shape known, and only what
/// the outputs need.
struct StaticGraph {
    /// What flows along the edges of a number.
    struct Value {
        let name: String
        let elementType: ElementType
        let shape: Shape
        /// The elements, where they do not depend on what is fed.
        let constant: Tensor?

        var byteCount: Int { shape.elementCount * elementType.bitWidth / 8 }
    }

    /// A call whose operands are numbers of values; `nil` where an operand is omitted or a result is not asked for.
    struct Node {
        let target: any Operator
        let site: CallSite
        let inputs: [Int?]
        let outputs: [Int?]
    }

    private(set) var values: [Value] = []
    private(set) var nodes: [Node] = []
    /// The values fed, in the order of the model's required inputs.
    private(set) var inputs: [Int] = []
    /// The values returned, in the order of the model's outputs.
    private(set) var outputs: [Int] = []

    /// Fixes a model to the shapes of its inputs; `nil` where some shape depends on what is fed, or a value has no flat
    /// memory, or a node runs a graph of its own.
    ///
    /// - Parameter inputs: the names of the values fed, in order; some may be fixed by initializers, and are fed all the
    ///   same.
    /// - Throws: `OperatorError` with the node path where a node can have no result.
    init?(
        _ model: Model, inputs fed: [String], catalogue: OperatorCatalogue, shapes: [String: Shape]
    ) throws(OperatorError) {
        let inference = ShapeInference(catalogue: catalogue)
        let typed = try inference.infer(model, shapes: shapes.mapValues { SymbolicShape($0) })
        let needed = Self.needed(model.graph, typed)
        var numbers: [String: Int] = [:]
        for name in fed {
            guard let value = Self.value(name, typed, isFed: true) else { return nil }
            numbers[name] = values.count
            inputs.append(values.count)
            values.append(value)
        }
        for (index, site) in typed.sites.enumerated() where needed[index] {
            guard let target = catalogue.find(domain: site.node.domain, name: site.node.operatorType),
                !site.node.attributes.contains(where: \.value.holdsGraph)
            else { return nil }
            var operands: [Int?] = []
            for name in site.node.inputs {
                guard let operand = number(name, typed, &numbers) else { return nil }
                operands.append(operand < 0 ? nil : operand)
            }
            var results: [Int?] = []
            for name in site.node.outputs {
                guard let result = number(name, typed, &numbers) else { return nil }
                results.append(result < 0 ? nil : result)
            }
            nodes.append(Node(target: target, site: site, inputs: operands, outputs: results))
        }
        for output in model.graph.outputs {
            guard let number = number(output.name, typed, &numbers), number >= 0 else { return nil }
            outputs.append(number)
        }
    }

    /// The number of a value, −1 for an omitted one; `nil` where it cannot be planned.
    private mutating func number(_ name: String, _ typed: TypedModel, _ numbers: inout [String: Int]) -> Int? {
        if name.isEmpty { return -1 }
        if let known = numbers[name] { return known }
        guard let value = Self.value(name, typed, isFed: false) else { return nil }
        numbers[name] = values.count
        values.append(value)
        return values.count - 1
    }

    private static func value(_ name: String, _ typed: TypedModel, isFed: Bool) -> Value? {
        guard let fact = typed.facts[name], case .tensor(let element, let shape?)? = fact.type, let shape = shape.shape,
            element.bitWidth >= 8, element.bitWidth % 8 == 0, shape.isAllocatable
        else { return nil }
        let constant = isFed ? nil : fact.constant
        // An empty constant stands for an operand that is left out, as the region of a resize; nothing else may be empty.
        guard constant != nil || shape.elementCount > 0, constant == nil || constant?.bytes != nil else { return nil }
        return Value(name: name, elementType: element, shape: shape, constant: constant)
    }

    /// Which nodes write something that an output depends on and that is not known beforehand.
    private static func needed(_ graph: Graph, _ typed: TypedModel) -> [Bool] {
        var read = Set(graph.outputs.map(\.name))
        var needed = [Bool](repeating: false, count: typed.sites.count)
        for (index, site) in typed.sites.enumerated().reversed() {
            guard site.node.outputs.contains(where: { read.contains($0) && typed.constant($0) == nil }) else {
                continue
            }
            needed[index] = true
            read.formUnion(site.node.reads)
        }
        return needed
    }
}

extension AttributeValue {
    fileprivate var holdsGraph: Bool {
        switch self {
        case .graph, .graphs: true
        default: false
        }
    }
}

extension StaticGraph {
    /// The graph of some of the nodes, in their order.
    ///
    /// - Parameters:
    ///   - inputs: names of values fed before the graph's own inputs; none where `nil`.
    ///   - outputs: names of the values returned; the graph's own where `nil`.
    func part(
        inputs: [String] = [], outputs: [String]? = nil, nodes isPart: (Node) -> Bool
    ) -> StaticGraph? {
        let numbers = Dictionary(
            values.indices.map { (values[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
        var part = self
        part.nodes = nodes.filter(isPart)
        part.inputs = inputs.compactMap { numbers[$0] } + self.inputs
        if let outputs { part.outputs = outputs.compactMap { numbers[$0] } }
        guard part.inputs.count == inputs.count + self.inputs.count,
            part.outputs.count == outputs?.count ?? part.outputs.count
        else { return nil }
        return part
    }
}

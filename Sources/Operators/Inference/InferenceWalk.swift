import Graphs
import Tensors

/// Walks the nodes of a graph and what they call, collecting what is known of each value.
struct InferenceWalk: Sendable {
    typealias Operand = CallSite.Operand

    let catalogue: OperatorCatalogue
    let foldingLimit: Int
    let functions: [FunctionKey: Function]

    init(_ model: Model, _ inference: ShapeInference) {
        catalogue = inference.catalogue
        foldingLimit = inference.foldingLimit
        functions = Dictionary(model.functions.map { (FunctionKey($0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What surrounds a graph.
    struct Context: Sendable {
        var opsets: [String: Int]
        var path: String
        var depth = 0
    }

    /// What is known of the values of a graph, given what is known of its inputs and of the scopes around it.
    func infer(
        _ graph: Graph, inputs: [Operand?], outer: [String: Operand] = [:], in context: Context
    ) throws(OperatorError) -> TypedModel {
        var facts = outer
        for info in graph.valueInfos { if let type = info.type { facts[info.name] = Operand(type: type) } }
        for (info, known) in zip(graph.inputs, inputs) {
            var operand = known ?? Operand(type: info.type)
            operand.type = TypeJoin.refine(operand.type, by: info.type)
            facts[info.name] = operand
        }
        // Before IR version 4 initializers were listed among the inputs too, and the initializer tells more.
        for initializer in graph.initializers {
            let tensor = initializer.tensor
            facts[initializer.name] = Operand(
                type: .tensor(tensor.elementType, SymbolicShape(tensor.shape)), constant: tensor)
        }
        for sparse in graph.sparseInitializers {
            facts[sparse.name] = Operand(type: .tensor(sparse.values.elementType, SymbolicShape(sparse.shape)))
        }
        let declared = Dictionary(
            graph.valueInfos.map { ($0.name, $0.type) } + graph.outputs.map { ($0.name, $0.type) },
            uniquingKeysWith: { first, _ in first })
        return try infer(graph.nodes, facts: facts, declared: declared, in: context)
    }

    private func infer(
        _ nodes: [Node], facts initial: [String: Operand], declared: [String: ValueType?], in context: Context
    ) throws(OperatorError) -> TypedModel {
        var facts = initial
        var sites: [CallSite] = []
        for (index, node) in nodes.enumerated() {
            let path = context.path + ", node \(index) '\(node.name)' (\(node.operatorType))"
            let domain = node.domain == "ai.onnx" ? "" : node.domain
            let opset = context.opsets[domain] ?? (domain.isEmpty ? context.opsets["ai.onnx"] : nil) ?? 1
            let operands = node.inputs.map { $0.isEmpty ? nil : facts[$0] ?? Operand(type: nil) }
            var site = CallSite(node: node, opset: opset, path: path, operands: operands)
            site.standardOpset = context.opsets[""] ?? context.opsets["ai.onnx"]
            if node.attributes.contains(where: \.value.isGraph) { prepareBodies(of: &site, scope: facts, in: context) }
            let outputs = try self.facts(of: node, site, in: context)
            sites.append(site)
            for (position, name) in node.outputs.enumerated() where !name.isEmpty {
                var fact = (position < outputs.count ? outputs[position] : nil) ?? Operand(type: nil)
                if let stated = declared[name] ?? nil { fact.type = TypeJoin.refine(fact.type, by: stated) }
                facts[name] = fact
            }
        }
        return TypedModel(facts: facts, sites: sites)
    }

    /// Lets a call site infer the bodies of its node, which see the values of the scope.
    func prepareBodies(of site: inout CallSite, scope: [String: Operand], in context: Context) {
        let node = site.node
        let typing = bodyTyping(of: node, path: site.path, scope: scope, in: context)
        site.typeBody = typing
        site.inferBody = { (attribute, inputs) throws(OperatorError) in
            guard case .graph(let body)? = node.attribute(attribute) else { return [] }
            let typed = try typing(attribute, inputs)
            return body.outputs.map { typed.facts[$0.name]?.type }
        }
    }

    private func bodyTyping(
        of node: Node, path: String, scope: [String: Operand], in context: Context
    ) -> CallSite.BodyTyping {
        { (attribute, inputs) throws(OperatorError) in
            guard case .graph(let body)? = node.attribute(attribute) else {
                throw OperatorError(.attribute, subject: path, reason: "attribute '\(attribute)' is no graph")
            }
            var inner = context
            inner.path = path + ", \(attribute)"
            return try infer(body, inputs: inputs.map { Operand(type: $0) }, outer: scope, in: inner)
        }
    }

    /// What is known of the outputs of a call of an operator or a local function.
    func facts(of node: Node, _ site: CallSite, in context: Context) throws(OperatorError) -> [Operand?] {
        if let function = functions[FunctionKey(node)] {
            return try facts(of: function, site, in: context)
        }
        guard let target = catalogue.find(domain: node.domain, name: node.operatorType) else {
            // A model may be inspected though it cannot be run.
            return []
        }
        return try facts(of: target, site)
    }

    private func facts(
        of function: Function, _ site: CallSite, in context: Context
    ) throws(OperatorError) -> [Operand?] {
        guard context.depth < 64 else {
            throw OperatorError(.unsupported, subject: site.path, reason: "functions call each other without end")
        }
        var inner = context
        inner.depth += 1
        inner.path = site.path + ", function body"
        if !function.opsets.isEmpty { inner.opsets = function.opsets }
        var facts: [String: Operand] = [:]
        for (name, operand) in zip(function.inputs, site.operands) { facts[name] = operand }
        let body = try AttributeBinding(function: function, call: site.node, path: site.path).bound()
        let typed = try infer(body, facts: facts, declared: [:], in: inner)
        return function.outputs.map { typed.facts[$0] }
    }

    /// What is known of the outputs of a call: evaluated where every input is constant and the result is small.
    func facts(of target: any Operator, _ site: CallSite) throws(OperatorError) -> [Operand?] {
        let signature = target.signature
        try SignatureCheck.checkNode(target, signature, site)
        try SignatureCheck.checkTypes(signature, site.operands.indices.map { site.elementType($0) }, site.path)
        let types = try target.inferTypes(site)
        if let folded = fold(target, site, types) { return folded }
        let elements = try target.inferElements(site)
        return types.enumerated().map { index, type in
            var operand = Operand(type: type)
            if index < elements.count, let known = elements[index], known.count <= 1024 {
                let fixed = known.compactMap(\.value)
                if fixed.count == known.count, case .tensor(let element, let shape?)? = type, let shape = shape.shape,
                    let tensor = constant(fixed, element, shape)
                {
                    operand.constant = tensor
                } else {
                    operand.elements = known
                }
            }
            return operand
        }
    }

    private func constant(_ values: [Int], _ element: ElementType, _ shape: Shape) -> Tensor? {
        try? Tensor(values.map(Int64.init), shape: shape).converted(to: element)
    }

    private func fold(_ target: any Operator, _ site: CallSite, _ types: [ValueType?]) -> [Operand?]? {
        guard target.agreement != .random, !site.node.attributes.contains(where: \.value.isGraph) else { return nil }
        var inputs: [Value?] = []
        for operand in site.operands {
            guard let operand else {
                inputs.append(nil)
                continue
            }
            guard let constant = operand.constant else { return nil }
            inputs.append(.tensor(constant))
        }
        let size = types.reduce(0) { $0 + Work.elementCount($1) }
        guard size <= Double(foldingLimit), target.isFoldable else { return nil }
        let call = Call(site: site, inputs: inputs) { (_, _) throws(OperatorError) in [] }
        guard let values = try? target.evaluate(call) else { return nil }
        return values.map { Operand(type: $0.type, constant: $0.tensor) }
    }

    static func unknown(_ node: Node, _ path: String) -> OperatorError {
        let domain = node.domain.isEmpty ? "ai.onnx" : node.domain
        return OperatorError(
            .unknownOperator, subject: path,
            reason: "there is no operator '\(node.operatorType)' of domain '\(domain)'",
            remedy: "export the model with operators of the standard, or define it as a function of the model")
    }
}

extension Operator {
    /// True where calls whose inputs are all constant may be evaluated ahead; a call without inputs must be cheap.
    fileprivate var isFoldable: Bool { family != .control && family != .recurrent && family != .convolution }
}

extension AttributeValue {
    fileprivate var isGraph: Bool { if case .graph = self { true } else { false } }
}

import Graphs
import Tensors

/// Makes programs of the graphs and functions of a model.
struct ProgramCompiler {
    let catalogue: OperatorCatalogue
    let functions: [FunctionKey: Function]
    let choice: KernelChoice?
    /// What an inference knows of the values of the main graph.
    let types: TypedModel?

    init(_ model: Model, catalogue: OperatorCatalogue, types: TypedModel?, choice: KernelChoice?) {
        self.catalogue = catalogue
        self.choice = choice
        self.types = types
        functions = Dictionary(
            model.functions.map { (FunctionKey($0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of a graph that is being compiled, and those of the scopes around it.
    final class Scope {
        let outer: Scope?
        var slots: [String: Int] = [:]
        var captures: [Program.Capture] = []
        var count = 0
        var constants: [Int: Value] = [:]
        let facts: [String: CallSite.Operand]

        init(outer: Scope?, facts: [String: CallSite.Operand] = [:]) {
            self.outer = outer
            self.facts = facts
        }

        func define(_ name: String) -> Int {
            let slot = count
            count += 1
            slots[name] = slot
            return slot
        }

        /// The slot of a name, taken from an outer scope where it is not defined here.
        func find(_ name: String) -> Int? {
            if let slot = slots[name] { return slot }
            guard let outer, let outerSlot = outer.find(name) else { return nil }
            let slot = define(name)
            captures.append(Program.Capture(slot: slot, outerSlot: outerSlot))
            return slot
        }
    }

    /// A step before it is known which values it is the last to read.
    private struct Draft {
        var action: Program.Step.Action
        var site: CallSite
        var inputs: [Int]
        var outputs: [Int]
        var bodies: [String: Program]
    }

    /// What surrounds a graph: operator sets, path, and how many functions are being called.
    struct Context {
        var opsets: [String: Int]
        var path: String
        var depth = 0
    }

    /// Makes a program of a graph; `kept` names values that become outputs besides the graph's own.
    func compile(
        _ graph: Graph, in context: Context, outer: Scope? = nil, kept: [String] = []
    ) throws(OperatorError) -> Program {
        let scope = Scope(outer: outer, facts: outer == nil && context.depth == 0 ? types?.facts ?? [:] : [:])
        for initializer in graph.initializers {
            scope.constants[scope.define(initializer.name)] = .tensor(initializer.tensor)
        }
        for sparse in graph.sparseInitializers {
            scope.constants[scope.define(sparse.name)] = .tensor(try sparse.dense(context.path))
        }
        let inputs = graph.inputs.map { info in
            Program.Input(info: info, slot: scope.slots[info.name] ?? scope.define(info.name))
        }
        let drafts = try compile(graph.nodes, scope, context)
        return try finish(
            drafts, scope, inputs: inputs, outputs: graph.outputs.map(\.name) + kept, path: context.path)
    }

    private func compile(_ nodes: [Node], _ scope: Scope, _ context: Context) throws(OperatorError) -> [Draft] {
        var drafts: [Draft] = []
        for (index, node) in nodes.enumerated() {
            let path = context.path + ", node \(index) '\(node.name)' (\(node.operatorType))"
            var inputs: [Int] = []
            for name in node.inputs {
                guard !name.isEmpty else {
                    inputs.append(-1)
                    continue
                }
                guard let slot = scope.find(name) else {
                    throw OperatorError(
                        .arity, subject: path, reason: "it reads '\(name)', which nothing before it writes")
                }
                inputs.append(slot)
            }
            var draft = try action(of: node, inputs: inputs, scope, context, path)
            let isConstant = node.operatorType == "Constant" && node.domain.isEmpty
            if isConstant, case .evaluate(let target, _, _) = draft.action, let name = node.outputs.first {
                let call = Call(site: draft.site, inputs: []) { (_, _) throws(OperatorError) in [] }
                scope.constants[scope.define(name)] = try target.evaluate(call).first
                continue
            }
            draft.outputs = node.outputs.map { $0.isEmpty ? -1 : scope.define($0) }
            drafts.append(draft)
        }
        return drafts
    }

    private func action(
        of node: Node, inputs: [Int], _ scope: Scope, _ context: Context, _ path: String
    ) throws(OperatorError) -> Draft {
        let domain = node.domain == "ai.onnx" ? "" : node.domain
        let operands = zip(node.inputs, inputs).map { name, slot in
            slot < 0
                ? nil
                : scope.facts[name]
                    ?? CallSite.Operand(
                        type: scope.constants[slot]?.type, constant: scope.constants[slot]?.tensor)
        }
        if let function = functions[FunctionKey(node)] {
            let site = CallSite(node: node, opset: context.opsets[domain] ?? 1, path: path, operands: operands)
            let program = try compile(function, calledBy: node, in: context, path: path)
            return Draft(action: .function(program), site: site, inputs: inputs, outputs: [], bodies: [:])
        }
        guard let target = catalogue.find(domain: domain, name: node.operatorType) else {
            throw OperatorError(
                .unknownOperator, subject: path,
                reason:
                    "there is no operator '\(node.operatorType)' of domain '\(domain.isEmpty ? "ai.onnx" : domain)'",
                remedy: "export the model with operators of the standard, or define it as a function of the model")
        }
        guard let opset = context.opsets[domain] ?? (domain.isEmpty ? context.opsets["ai.onnx"] : nil) else {
            throw OperatorError(
                .unknownOperator, subject: path,
                reason: "the model imports no operator set of domain '\(domain.isEmpty ? "ai.onnx" : domain)'")
        }
        var site = CallSite(node: node, opset: opset, path: path, operands: operands)
        site.standardOpset = context.opsets[""] ?? context.opsets["ai.onnx"]
        // Only composite operators use them; to ask for that conformance costs more.
        site.programs = CompositePrograms()
        let signature = target.signature
        try SignatureCheck.checkNode(target, signature, site)
        var bodies: [String: Program] = [:]
        for attribute in node.attributes {
            guard case .graph(let body) = attribute.value else { continue }
            var inner = context
            inner.path = path + ", \(attribute.name)"
            bodies[attribute.name] = try compile(body, in: inner, outer: scope)
        }
        return Draft(
            action: .evaluate(target, signature, try choice?(target, site)), site: site, inputs: inputs, outputs: [],
            bodies: bodies)
    }

    private func compile(
        _ function: Function, calledBy node: Node, in context: Context, path: String
    ) throws(OperatorError) -> Program {
        guard context.depth < 64 else {
            throw OperatorError(.unsupported, subject: path, reason: "functions call each other without end")
        }
        guard node.inputs.count <= function.inputs.count, node.outputs.count <= function.outputs.count else {
            throw OperatorError(
                .arity, subject: path,
                reason: "function '\(function.name)' takes \(function.inputs.count) inputs and gives "
                    + "\(function.outputs.count) outputs")
        }
        let scope = Scope(outer: nil)
        let inputs = function.inputs.map { Program.Input(info: ValueInfo($0), slot: scope.define($0)) }
        let body = try AttributeBinding(function: function, call: node, path: path).bound()
        let inner = Context(
            opsets: function.opsets.isEmpty ? context.opsets : function.opsets, path: path + ", function body",
            depth: context.depth + 1)
        let drafts = try compile(body, scope, inner)
        return try finish(drafts, scope, inputs: inputs, outputs: function.outputs, path: inner.path)
    }

    private func finish(
        _ drafts: [Draft], _ scope: Scope, inputs: [Program.Input], outputs names: [String], path: String
    ) throws(OperatorError) -> Program {
        var outputs: [Program.Output] = []
        for name in names {
            guard let slot = scope.find(name) else {
                throw OperatorError(.arity, subject: path, reason: "nothing writes its output '\(name)'")
            }
            outputs.append(Program.Output(name: name, slot: slot))
        }
        var live = Set(outputs.map(\.slot)).union(scope.constants.keys)
        var steps: [Program.Step] = []
        for draft in drafts.reversed() {
            let captured = draft.bodies.values.flatMap { $0.captures.map(\.outerSlot) }
            let touched = Set((draft.inputs + draft.outputs + captured).filter { $0 >= 0 })
            steps.append(
                Program.Step(
                    action: draft.action, site: draft.site, inputs: draft.inputs, outputs: draft.outputs,
                    bodies: draft.bodies, releases: touched.filter { !live.contains($0) }.sorted()))
            live.formUnion(touched)
        }
        return Program(
            path: path, slotCount: scope.count, inputs: inputs, captures: scope.captures,
            constants: scope.constants.map { ($0.key, $0.value) }, steps: steps.reversed(), outputs: outputs)
    }
}

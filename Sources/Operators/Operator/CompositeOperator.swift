import Graphs
import Tensors

/// An operator that is written as a few calls of others, and inherits everything from them: types, evaluation, work and
/// gradient.
protocol CompositeOperator: Operator {
    /// Writes the body: reads values named like `inputs` and returns the names of the outputs.
    func write(
        _ body: inout NodeWriter, inputs: [String], _ site: CallSite
    ) throws(OperatorError) -> [String]
}

/// The body of a composite operator at one call.
struct CompositeBody {
    let nodes: [Node]
    let inputs: [String]
    let outputs: [String]
    let opset: Int
    let site: CallSite

    init(_ target: some CompositeOperator, _ site: CallSite) throws(OperatorError) {
        let names = site.node.inputs.enumerated().map { $1.isEmpty ? "" : "input.\($0)" }
        try self.init(site, inputs: names) { (writer) throws(OperatorError) in
            try target.write(&writer, inputs: names, site)
        }
    }

    /// A body that reads the values named `inputs`, written by a function that gives the names of the outputs.
    init(
        _ site: CallSite, inputs: [String],
        _ write: (inout NodeWriter) throws(OperatorError) -> [String]
    ) throws(OperatorError) {
        var writer = NodeWriter(opset: site.bodyOpset)
        outputs = try write(&writer)
        (nodes, self.inputs, opset, self.site) = (writer.nodes, inputs, writer.opset, site)
    }

    /// What is known of every value of the body.
    func typed() throws(OperatorError) -> TypedModel {
        let graph = Graph(
            name: "body", nodes: nodes, inputs: inputs.filter { !$0.isEmpty }.map { ValueInfo($0) })
        let walk = InferenceWalk(Model(graph: graph), ShapeInference(catalogue: .standard))
        let known = zip(inputs, site.operands).filter { !$0.0.isEmpty }.map(\.1)
        let context = InferenceWalk.Context(opsets: ["": opset], path: site.path + ", body")
        return try walk.infer(graph, inputs: known, in: context)
    }

    /// The body ready to run.
    func program() throws(OperatorError) -> Program {
        let graph = Graph(
            name: "body", nodes: nodes, inputs: inputs.filter { !$0.isEmpty }.map { ValueInfo($0) },
            outputs: outputs.map { ValueInfo($0) })
        let compiler = ProgramCompiler(Model(graph: graph), catalogue: .standard, types: nil, choice: nil)
        let context = ProgramCompiler.Context(opsets: ["": opset], path: site.path + ", body")
        return try compiler.compile(graph, in: context)
    }
}

extension CompositeOperator {
    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        guard site.elementType(0) != nil else { return Array(repeating: nil, count: site.node.outputs.count) }
        let body = try CompositeBody(self, site)
        let typed = try body.typed()
        return body.outputs.map { typed.facts[$0]?.type }
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work {
        var work = Work.traffic(site, outputs: outputs)
        guard site.elementType(0) != nil, let body = try? CompositeBody(self, site), let typed = try? body.typed()
        else {
            return work
        }
        for (node, inner) in zip(body.nodes, typed.sites) {
            guard let target = OperatorCatalogue.standard.find(domain: "", name: node.operatorType) else { continue }
            work.operations += target.work(inner, outputs: node.outputs.map { typed.facts[$0]?.type }).operations
        }
        return work
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] { try evaluateBody(call) }

    /// Runs the body on the values of a call.
    func evaluateBody(_ call: Call) throws(OperatorError) -> [Value] {
        // Widened as a whole, so that a narrow float is rounded once.
        try call.widened { (call) throws(OperatorError) in try runBody(call) }
    }

    /// Runs the body on the values of a call, in the types that they have.
    func runBody(_ call: Call) throws(OperatorError) -> [Value] {
        let site = call.parametricSite
        let program = try (site.programs ?? CompositePrograms()).program(for: site) { () throws(OperatorError) in
            try CompositeBody(self, site).program()
        }
        let given = zip(site.node.inputs, call.inputs).filter { !$0.0.isEmpty }
        return try program.run(inputs: given.map(\.1), captured: [])
    }

    func pullback(_ site: CallSite) throws(OperatorError) -> Pullback? {
        let body = try CompositeBody(self, site)
        var builder = PullbackBuilder(site)
        try BodyDifferentiation(body).write(&builder)
        return builder.pullback()
    }
}

import Graphs
import Operators
import Tensors

/// A computation of several standard operators that the engine runs as one kernel.
///
/// It stands in models on their way to the engine only. Its body says what it means: types are inferred from it, and it runs where the kernel does not.
protocol NativeComposite: Operator {
    /// Nodes that read `i0`, `i1`, … and write `o0`, `o1`, …
    func body(_ site: CallSite) -> [Node]
}

/// The domain of the engine's own operators.
let nativeDomain = "assay.native"

extension NativeComposite {
    var domain: String { nativeDomain }
    var family: OperatorFamily { .quantization }
    var agreement: Agreement { .rounding }
    var examples: [Example] { [] }

    /// The operator set that bodies are written against.
    private static var opset: Int { 17 }

    private func model(_ site: CallSite, types: [ValueType?]) -> Model {
        var graph = Graph(name: "body", nodes: body(site))
        for (index, type) in types.enumerated() where site.hasOperand(index) {
            graph.inputs.append(ValueInfo("i\(index)", type))
        }
        graph.outputs = site.node.outputs.indices.map { ValueInfo("o\($0)") }
        return Model(opsets: ["": Self.opset], graph: graph)
    }

    func inferTypes(_ site: CallSite) throws(OperatorError) -> [ValueType?] {
        let typed = try ShapeInference().infer(model(site, types: site.operands.map { $0?.type }))
        return site.node.outputs.indices.map { typed.type(of: "o\($0)") }
    }

    func evaluate(_ call: Call) throws(OperatorError) -> [Value] {
        let body = model(call.site, types: call.inputs.map { $0?.type })
        var inputs: [String: Tensor] = [:]
        for (index, value) in call.inputs.enumerated() { inputs["i\(index)"] = value?.tensor }
        let results = try ReferenceInterpreter().run(body, inputs: inputs)
        return body.graph.outputs.compactMap { results[$0.name] }
    }

    func work(_ site: CallSite, outputs: [ValueType?]) -> Work { .traffic(site, outputs: outputs) }
}

extension CallSite {
    /// Whether the node gives the input.
    func hasOperand(_ index: Int) -> Bool { index < node.inputs.count && !node.inputs[index].isEmpty }

    /// The inputs of these numbers, those that the node omits as `nil`.
    func present(_ indices: Range<Int>) -> [Int?] { indices.map { hasOperand($0) ? $0 : nil } }

    func int(_ name: String) -> Int {
        if case .int(let value)? = node.attribute(name) { value } else { 0 }
    }
}

extension OperatorCatalogue {
    /// The standard's operators and those that the engine puts in their place.
    static let native = OperatorCatalogue(
        standard.all + [DynamicQuantizeRows(), QuantizedMatMul(), QuantizedConv(), QuantizedGather()])
}

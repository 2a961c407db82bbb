import Tensors

/// Writes graphs as indented lines.
struct TextWriter {
    private(set) var text = ""
    private var depth = 0

    mutating func line(_ content: String) {
        text += String(repeating: "  ", count: depth) + content + "\n"
    }

    mutating func indented(_ body: (inout TextWriter) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    mutating func graph(_ graph: Graph, heading: String) {
        line(heading)
        indented { writer in
            for input in graph.inputs { writer.line("in \(TextWriter.described(input))") }
            for output in graph.outputs { writer.line("out \(TextWriter.described(output))") }
            for constant in graph.initializers.sorted(by: { $0.name < $1.name }) {
                writer.line("let \(TextWriter.name(constant.name)): \(TextWriter.tensor(constant.tensor))")
                writer.indented {
                    $0.pairs("metadata", constant.metadata)
                    $0.unknown(constant.unknownFields)
                }
            }
            for constant in graph.sparseInitializers.sorted(by: { $0.name < $1.name }) {
                writer.line("let \(TextWriter.name(constant.name)): \(TextWriter.sparse(constant))")
            }
            for info in graph.valueInfos.sorted(by: { $0.name < $1.name }) {
                writer.line("value \(TextWriter.described(info))")
            }
            for annotation in graph.quantizationAnnotations.sorted(by: { $0.tensorName < $1.tensorName }) {
                let parameters = annotation.parameters.map {
                    "\(TextWriter.name($0.key)): \(TextWriter.name($0.value))"
                }
                writer.line(
                    "quantization \(TextWriter.name(annotation.tensorName)) {\(parameters.joined(separator: ", "))}")
            }
            writer.pairs("metadata", graph.metadata)
            writer.unknown(graph.unknownFields)
            for node in graph.nodes { writer.node(node) }
        }
    }

    mutating func function(_ function: Function) {
        let inputs = function.inputs.map(TextWriter.name).joined(separator: ", ")
        let outputs = function.outputs.map(TextWriter.name).joined(separator: ", ")
        line("function \(TextWriter.callee(function.identifier))(\(inputs)) -> (\(outputs))")
        indented { writer in
            for (domain, version) in function.opsets.sorted(by: { $0.key < $1.key }) {
                writer.line("import \(domain.isEmpty ? "ai.onnx" : TextWriter.name(domain)) \(version)")
            }
            for name in function.requiredAttributes.sorted() { writer.line("attribute \(TextWriter.name(name))") }
            for attribute in function.defaultAttributes.sorted(by: { $0.name < $1.name }) {
                writer.line("attribute \(TextWriter.name(attribute.name)) = \(TextWriter.value(attribute.value))")
                writer.subgraphs(attribute)
            }
            for info in function.valueInfos.sorted(by: { $0.name < $1.name }) {
                writer.line("value \(TextWriter.described(info))")
            }
            writer.pairs("metadata", function.metadata)
            writer.unknown(function.unknownFields)
            for node in function.nodes { writer.node(node) }
        }
    }

    private mutating func node(_ node: Node) {
        let attributes = node.attributes.sorted { $0.name < $1.name }
        let inputs = node.inputs.map { $0.isEmpty ? "_" : TextWriter.name($0) }.joined(separator: ", ")
        let outputs = node.outputs.map { $0.isEmpty ? "_" : TextWriter.name($0) }.joined(separator: ", ")
        var content = "\(outputs) = \(TextWriter.callee(node.callee))(\(inputs))"
        if !attributes.isEmpty {
            let list = attributes.map { "\(TextWriter.name($0.name)): \(TextWriter.value($0.value))" }
            content += " {\(list.joined(separator: ", "))}"
        }
        if !node.name.isEmpty { content += " # \(TextWriter.escaped(node.name))" }
        line(content)
        indented { writer in
            for attribute in attributes { writer.subgraphs(attribute) }
            writer.pairs("metadata", node.metadata)
            writer.unknown(node.unknownFields)
        }
    }

    private mutating func subgraphs(_ attribute: Attribute) {
        for (index, graph) in attribute.value.subgraphs.enumerated() {
            var heading = "\(TextWriter.name(attribute.name)) = graph \(TextWriter.name(graph.name))"
            if case .graphs = attribute.value { heading = "\(TextWriter.name(attribute.name))[\(index)] = graph" }
            self.graph(graph, heading: heading)
        }
    }

    mutating func pairs(_ heading: String, _ pairs: [StringPair]) {
        for pair in pairs { line("\(heading) \(TextWriter.name(pair.key)) = \(TextWriter.quoted(pair.value))") }
    }

    mutating func unknown(_ fields: [UnknownField]) {
        for field in fields {
            line("field \(field.number): \(field.encoded.count) bytes \(ContentHash.text(field.encoded))")
        }
    }
}

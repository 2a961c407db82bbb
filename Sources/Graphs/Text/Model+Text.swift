extension Model {
    /// The model as text: deterministic, a line a fact, the same for models that mean the same.
    ///
    /// Large tensors stand as type, shape and a hash of their content, small ones in full. Attributes, constants and
    /// imports are sorted by name; nodes keep their order. Documentation is left out.
    public var canonicalText: String {
        var writer = TextWriter()
        writer.line("model ir \(irVersion)")
        writer.indented {
            for (domain, version) in opsets.sorted(by: { $0.key < $1.key }) {
                $0.line("import \(domain.isEmpty ? "ai.onnx" : TextWriter.name(domain)) \(version)")
            }
            if !producerName.isEmpty || !producerVersion.isEmpty {
                $0.line("producer \(TextWriter.quoted(producerName)) \(TextWriter.quoted(producerVersion))")
            }
            if !domain.isEmpty || modelVersion != 0 {
                $0.line("version \(TextWriter.quoted(domain)) \(modelVersion)")
            }
            $0.pairs("metadata", metadata)
            $0.unknown(unknownFields)
        }
        writer.graph(graph, heading: "graph \(TextWriter.name(graph.name))")
        for function in functions.sorted(by: { $0.identifier.description < $1.identifier.description }) {
            writer.function(function)
        }
        return writer.text
    }
}

extension Graph {
    /// The graph as text, in the form of `Model.canonicalText`.
    public var canonicalText: String {
        var writer = TextWriter()
        writer.graph(self, heading: "graph \(TextWriter.name(name))")
        return writer.text
    }
}

import Tensors
import Wire

/// Encodes models as ONNX (onnx.proto of ONNX 1.23); tensors are spliced in by reference.
enum ONNXWriter {
    typealias Message = WireWriter<Bytes>
    /// Decides which initializers become external data.
    typealias Placing = (Tensor) -> ExternalDataPlan.Place?

    /// The finished message in the order it is to be written.
    static func parts(of message: Message) -> [Bytes] {
        message.segments.map { segment in
            switch segment {
            case .bytes(let made): Bytes(copying: made)
            case .payload(let bytes): bytes
            }
        }
    }

    /// `ModelProto`.
    static func model(_ model: Model, placing: Placing) -> Message {
        var message = Message()
        message.integer(1, model.irVersion)
        text(2, model.producerName, &message)
        text(3, model.producerVersion, &message)
        text(4, model.domain, &message)
        if model.modelVersion != 0 { message.integer(5, model.modelVersion) }
        text(6, model.documentation, &message)
        message.message(7, graph(model.graph, placing: placing))
        opsets(8, model.opsets, &message)
        pairs(14, model.metadata, &message)
        for function in model.functions { message.message(25, self.function(function)) }
        unknown(model.unknownFields, &message)
        return message
    }

    /// `GraphProto`.
    static func graph(_ graph: Graph, placing: Placing) -> Message {
        var message = Message()
        for node in graph.nodes { message.message(1, self.node(node)) }
        text(2, graph.name, &message)
        for initializer in graph.initializers {
            message.message(5, self.initializer(initializer, place: placing(initializer.tensor)))
        }
        text(10, graph.documentation, &message)
        for info in graph.inputs { message.message(11, valueInfo(info)) }
        for info in graph.outputs { message.message(12, valueInfo(info)) }
        for info in graph.valueInfos { message.message(13, valueInfo(info)) }
        for annotation in graph.quantizationAnnotations {
            message.message(14) { inner in
                text(1, annotation.tensorName, &inner)
                pairs(2, annotation.parameters, &inner)
            }
        }
        for sparse in graph.sparseInitializers { message.message(15, sparseTensor(sparse)) }
        pairs(16, graph.metadata, &message)
        unknown(graph.unknownFields, &message)
        return message
    }

    /// `NodeProto`; omitted inputs and outputs are written, since their position counts.
    static func node(_ node: Node) -> Message {
        var message = Message()
        for name in node.inputs { message.string(1, name) }
        for name in node.outputs { message.string(2, name) }
        text(3, node.name, &message)
        message.string(4, node.operatorType)
        for attribute in node.attributes { message.message(5, self.attribute(attribute)) }
        text(6, node.documentation, &message)
        text(7, node.domain, &message)
        text(8, node.overload, &message)
        pairs(9, node.metadata, &message)
        unknown(node.unknownFields, &message)
        return message
    }

    /// `FunctionProto`.
    private static func function(_ function: Function) -> Message {
        var message = Message()
        message.string(1, function.name)
        for name in function.inputs { message.string(4, name) }
        for name in function.outputs { message.string(5, name) }
        for name in function.requiredAttributes { message.string(6, name) }
        for node in function.nodes { message.message(7, self.node(node)) }
        text(8, function.documentation, &message)
        opsets(9, function.opsets, &message)
        text(10, function.domain, &message)
        for attribute in function.defaultAttributes { message.message(11, self.attribute(attribute)) }
        for info in function.valueInfos { message.message(12, valueInfo(info)) }
        text(13, function.overload, &message)
        pairs(14, function.metadata, &message)
        unknown(function.unknownFields, &message)
        return message
    }

    static func text(_ number: Int, _ value: String, _ message: inout Message) {
        if !value.isEmpty { message.string(number, value) }
    }

    static func pairs(_ number: Int, _ pairs: [StringPair], _ message: inout Message) {
        for pair in pairs {
            message.message(number) { inner in
                inner.string(1, pair.key)
                inner.string(2, pair.value)
            }
        }
    }

    static func unknown(_ fields: [UnknownField], _ message: inout Message) {
        for field in fields { message.field(encoded: field.encoded, count: field.encoded.count) }
    }

    private static func opsets(_ number: Int, _ opsets: [String: Int], _ message: inout Message) {
        for (domain, version) in opsets.sorted(by: { $0.key < $1.key }) {
            message.message(number) { inner in
                inner.string(1, domain)
                inner.integer(2, version)
            }
        }
    }
}

import Tensors
import Wire

extension ONNXReader {
    /// `GraphProto`.
    func graph(_ field: WireField, in parent: Message) throws(GraphError) -> Graph {
        var message = try enter(field, in: parent)
        try charge(MemoryLayout<Graph>.stride, at: field)
        var graph = Graph()
        while let field = try next(&message) {
            switch field.number {
            case 1: graph.nodes.append(try node(field, in: message))
            case 2: graph.name = try text(field)
            case 5: graph.initializers.append(try initializer(field, in: message))
            case 10: graph.documentation = try text(field)
            case 11: graph.inputs.append(try valueInfo(field, in: message))
            case 12: graph.outputs.append(try valueInfo(field, in: message))
            case 13: graph.valueInfos.append(try valueInfo(field, in: message))
            case 14: graph.quantizationAnnotations.append(try annotation(field, in: message))
            case 15: graph.sparseInitializers.append(try sparseTensor(field, in: message))
            case 16: graph.metadata.append(try pair(field, in: message))
            default: graph.unknownFields.append(try unknown(field))
            }
        }
        return graph
    }

    /// `NodeProto`.
    func node(_ field: WireField, in parent: Message) throws(GraphError) -> Node {
        var message = try enter(field, in: parent)
        try charge(MemoryLayout<Node>.stride, at: field)
        var node = Node("", inputs: [], outputs: [])
        while let field = try next(&message) {
            switch field.number {
            case 1: node.inputs.append(try text(field))
            case 2: node.outputs.append(try text(field))
            case 3: node.name = try text(field)
            case 4: node.operatorType = try text(field)
            case 5: node.attributes.append(try attribute(field, in: message))
            case 6: node.documentation = try text(field)
            case 7: node.domain = Domain.normalized(try text(field))
            case 8: node.overload = try text(field)
            case 9: node.metadata.append(try pair(field, in: message))
            default: node.unknownFields.append(try unknown(field))
            }
        }
        return node
    }

    /// `TensorAnnotation`.
    private func annotation(_ field: WireField, in parent: Message) throws(GraphError) -> QuantizationAnnotation {
        var message = try enter(field, in: parent)
        try charge(MemoryLayout<QuantizationAnnotation>.stride, at: field)
        var annotation = QuantizationAnnotation(tensorName: "", parameters: [])
        while let field = try next(&message) {
            switch field.number {
            case 1: annotation.tensorName = try text(field)
            case 2: annotation.parameters.append(try pair(field, in: message))
            default: break
            }
        }
        return annotation
    }

    /// `TensorProto` as an initializer.
    private func initializer(_ field: WireField, in parent: Message) throws(GraphError) -> Initializer {
        try charge(MemoryLayout<Initializer>.stride, at: field)
        return try namedTensor(field, in: parent)
    }
}

import Tensors
import Wire

extension ONNXReader {
    /// `ModelProto`.
    func model(_ range: Range<Int>) throws(GraphError) -> Model {
        var message = top(range)
        var graph: Graph?
        var model = Model(irVersion: 0, opsets: [:], graph: Graph())
        while let field = try next(&message) {
            switch field.number {
            case 1: model.irVersion = try integer(field)
            case 2: model.producerName = try text(field)
            case 3: model.producerVersion = try text(field)
            case 4: model.domain = try text(field)
            case 5: model.modelVersion = try integer(field)
            case 6: model.documentation = try text(field)
            case 7:
                try once(graph, field)
                graph = try self.graph(field, in: message)
            case 8: try operatorSet(field, in: message, into: &model.opsets)
            case 14: model.metadata.append(try pair(field, in: message))
            case 25: model.functions.append(try function(field, in: message))
            default: model.unknownFields.append(try unknown(field))
            }
        }
        guard let graph else {
            throw GraphError(
                .missingField, subject: name, reason: "it holds no graph", remedy: "check that it is an ONNX model")
        }
        model.graph = graph
        return model
    }

    /// `OperatorSetIdProto`; the two spellings of the standard domain are one.
    private func operatorSet(
        _ field: WireField, in parent: Message, into opsets: inout [String: Int]
    ) throws(GraphError) {
        var message = try enter(field, in: parent)
        var domain = ""
        var version = 0
        while let field = try next(&message) {
            switch field.number {
            case 1: domain = Domain.normalized(try text(field))
            case 2: version = try integer(field)
            default: break
            }
        }
        if let present = opsets[domain], present != version {
            throw GraphError(
                .unexpectedField, subject: at(field.offset),
                reason: "domain '\(domain)' is imported in versions \(present) and \(version)")
        }
        try charge(MemoryLayout<(String, Int)>.stride * 2, at: field)
        opsets[domain] = version
    }

    /// `FunctionProto`.
    private func function(_ field: WireField, in parent: Message) throws(GraphError) -> Function {
        var message = try enter(field, in: parent)
        try charge(MemoryLayout<Function>.stride, at: field)
        var function = Function(domain: "", name: "", inputs: [], outputs: [], nodes: [], opsets: [:])
        while let field = try next(&message) {
            switch field.number {
            case 1: function.name = try text(field)
            case 4: function.inputs.append(try text(field))
            case 5: function.outputs.append(try text(field))
            case 6: function.requiredAttributes.append(try text(field))
            case 7: function.nodes.append(try node(field, in: message))
            case 8: function.documentation = try text(field)
            case 9: try operatorSet(field, in: message, into: &function.opsets)
            case 10: function.domain = Domain.normalized(try text(field))
            case 11: function.defaultAttributes.append(try attribute(field, in: message))
            case 12: function.valueInfos.append(try valueInfo(field, in: message))
            case 13: function.overload = try text(field)
            case 14: function.metadata.append(try pair(field, in: message))
            default: function.unknownFields.append(try unknown(field))
            }
        }
        return function
    }

    /// `StringStringEntryProto`.
    func pair(_ field: WireField, in parent: Message) throws(GraphError) -> StringPair {
        var message = try enter(field, in: parent)
        try charge(MemoryLayout<StringPair>.stride, at: field)
        var pair = StringPair("", "")
        while let field = try next(&message) {
            switch field.number {
            case 1: pair.key = try text(field)
            case 2: pair.value = try text(field)
            default: break
            }
        }
        return pair
    }
}

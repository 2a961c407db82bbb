import Tensors
import Wire

extension ONNXWriter {
    /// `AttributeProto`, with its type and with values even where they are 0.
    static func attribute(_ attribute: Attribute) -> Message {
        var message = Message()
        message.string(1, attribute.name)
        switch attribute.value {
        case .float(let value): message.float(2, value)
        case .int(let value): message.integer(3, value)
        case .string(let value): message.payload(4, value, count: value.count)
        case .tensor(let value): message.message(5, tensor(value))
        case .graph(let value): message.message(6, graph(value, placing: { _ in nil }))
        case .floats(let values): message.packed(7, values)
        case .ints(let values): message.packed(8, values)
        case .strings(let values): for value in values { message.payload(9, value, count: value.count) }
        case .graphs(let values): for value in values { message.message(11, graph(value, placing: { _ in nil })) }
        case .tensors(let values): for value in values { message.message(10, tensor(value)) }
        case .type(let value): message.message(14, type(value))
        case .types(let values): for value in values { message.message(15, type(value)) }
        case .sparseTensor(let value): message.message(22, sparseTensor(value))
        case .sparseTensors(let values): for value in values { message.message(23, sparseTensor(value)) }
        case .reference(let name, _): message.string(21, name)
        }
        text(13, attribute.documentation, &message)
        message.integer(20, attribute.value.typeCode)
        unknown(attribute.unknownFields, &message)
        return message
    }
}

import Tensors
import Wire

extension ONNXWriter {
    /// `TensorProto` of an initializer, inline or at its place in the data file.
    static func initializer(_ initializer: Initializer, place: ExternalDataPlan.Place?) -> Message {
        var message = tensor(initializer.tensor, name: initializer.name, place: place)
        text(12, initializer.documentation, &message)
        pairs(16, initializer.metadata, &message)
        unknown(initializer.unknownFields, &message)
        return message
    }

    /// `TensorProto`.
    static func tensor(_ tensor: Tensor, name: String = "", place: ExternalDataPlan.Place? = nil) -> Message {
        var message = Message()
        message.packed(1, tensor.shape.dimensions)
        message.integer(2, Int(tensor.elementType.rawValue))
        text(8, name, &message)
        if let place {
            pairs(
                13,
                [
                    StringPair("location", place.location), StringPair("offset", String(place.offset)),
                    StringPair("length", String(place.length)),
                ], &message)
            message.integer(14, 1)
            return message
        }
        switch tensor.storage {
        case .bytes(let bytes): message.payload(9, bytes, count: bytes.count)
        case .strings(let strings): for string in strings { message.string(6, string) }
        }
        return message
    }

    /// `SparseTensorProto`; the name stands in its values.
    static func sparseTensor(_ sparse: SparseTensor) -> Message {
        var message = Message()
        message.message(1, tensor(sparse.values, name: sparse.name))
        message.message(2, tensor(sparse.indices))
        message.packed(3, sparse.shape.dimensions)
        return message
    }
}

public import Tensors

/// Where a session puts its outputs: memory that is allocated on the first run and used again afterwards.
public final class OutputSlots {
    private enum Slot {
        case empty
        case memory(MutableTensor)
        case strings(Tensor)
    }

    private var slots: [Slot]

    /// Makes slots for `count` outputs, all empty.
    public init(count: Int) { slots = Array(repeating: .empty, count: count) }

    /// The number of outputs.
    public var count: Int { slots.count }

    /// Memory for one output: what an earlier run used when type and shape are the same, else fresh.
    ///
    /// - Throws: `TensorError` when no memory can hold the shape.
    public func memory(at index: Int, elementType: ElementType, shape: Shape) throws(TensorError) -> MutableTensor {
        if case .memory(let tensor) = slots[index], tensor.elementType == elementType, tensor.shape == shape {
            return tensor
        }
        let tensor = try MutableTensor(elementType: elementType, shape: shape)
        slots[index] = .memory(tensor)
        return tensor
    }

    /// The memory that an earlier run used for an output.
    public func existing(at index: Int) -> MutableTensor? {
        if case .memory(let tensor) = slots[index] { tensor } else { nil }
    }

    /// Stores an output of strings, which has no flat memory.
    public func set(strings tensor: Tensor, at index: Int) { slots[index] = .strings(tensor) }

    /// Immutable copies of all outputs, to keep beyond the next run.
    ///
    /// - Throws: `TensorError` when an output was never written.
    public func snapshot() throws(TensorError) -> [Tensor] {
        var tensors: [Tensor] = []
        for (index, slot) in slots.enumerated() {
            switch slot {
            case .empty: throw TensorError(.sizeMismatch, subject: "output \(index)", reason: "it was never written")
            case .memory(let tensor): tensors.append(try tensor.snapshot())
            case .strings(let tensor): tensors.append(tensor)
            }
        }
        return tensors
    }
}

/// Memory for one tensor that an engine or a loader writes: one owner, one thread of use.
public final class MutableTensor {
    /// The type of each element; never `string`.
    public let elementType: ElementType
    /// The extents, outermost first.
    public let shape: Shape
    /// The number of bytes.
    public let byteCount: Int
    private let memory: UnsafeMutableRawPointer

    /// Allocates zeroed, 64-byte aligned memory.
    ///
    /// - Throws: `TensorError` when the shape is invalid or the elements are strings.
    public init(elementType: ElementType, shape: Shape) throws(TensorError) {
        guard elementType != .string, let count = shape.checkedElementCount,
            let byteCount = elementType.byteCount(of: count)
        else {
            throw TensorError(
                .invalidShape, subject: "tensor \(elementType.name)[\(shape)]", reason: "no memory can hold it")
        }
        self.elementType = elementType
        self.shape = shape
        self.byteCount = byteCount
        memory = AlignedMemory.allocate(byteCount)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: max(byteCount, 1))
    }

    deinit { memory.deallocate() }

    /// Calls `body` with the memory; the pointer is valid while this object lives.
    public func withUnsafeMutableBytes<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeMutableRawBufferPointer(start: memory, count: byteCount))
    }

    /// Copies a tensor of the same type and byte count in.
    ///
    /// - Throws: `TensorError` when type or size differ.
    public func write(_ tensor: Tensor) throws(TensorError) {
        guard tensor.elementType == elementType, let bytes = tensor.bytes, bytes.count == byteCount else {
            throw TensorError(
                .sizeMismatch, subject: "tensor \(elementType.name)[\(shape)]",
                reason: "a \(tensor.elementType.name)[\(tensor.shape)] cannot be written to it")
        }
        bytes.withUnsafeBytes { if let base = $0.baseAddress { memory.copyMemory(from: base, byteCount: byteCount) } }
    }

    /// An immutable copy of the present content.
    public func snapshot() throws(TensorError) -> Tensor {
        try Tensor(
            elementType: elementType, shape: shape,
            bytes: Bytes(copying: UnsafeRawBufferPointer(start: memory, count: byteCount)))
    }
}

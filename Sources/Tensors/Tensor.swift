/// An immutable array of numbers or strings with an element type and a shape, in row-major order.
///
/// The bytes may be memory of its own, a slice of a mapped file, or memory that an engine lent; they are never copied by
/// passing a tensor around.
public struct Tensor: Sendable, Hashable {
    /// What holds the elements.
    public enum Storage: Sendable, Hashable {
        /// Packed little-endian elements, at any alignment.
        case bytes(Bytes)
        /// Strings, in row-major order.
        case strings([String])
    }

    /// The type of each element.
    public let elementType: ElementType
    /// The extents, outermost first.
    public let shape: Shape
    /// The elements.
    public let storage: Storage

    /// Wraps bytes that already hold packed little-endian elements.
    ///
    /// - Throws: `TensorError` when the byte count does not fit the shape and type.
    public init(elementType: ElementType, shape: Shape, bytes: Bytes) throws(TensorError) {
        guard let count = shape.checkedElementCount, let expected = elementType.byteCount(of: count) else {
            throw TensorError(
                .invalidShape, subject: "tensor \(elementType.name)[\(shape)]", reason: "too many elements")
        }
        guard elementType != .string, bytes.count == expected else {
            throw TensorError(
                .sizeMismatch, subject: "tensor \(elementType.name)[\(shape)]",
                reason: "it needs \(expected) bytes and was given \(bytes.count)")
        }
        self.elementType = elementType
        self.shape = shape
        storage = .bytes(bytes)
    }

    /// Copies values in row-major order.
    ///
    /// - Throws: `TensorError` when the count does not fit the shape.
    public init<Scalar: TensorScalar>(_ values: [Scalar], shape: Shape) throws(TensorError) {
        guard shape.checkedElementCount == values.count else {
            throw TensorError(
                .sizeMismatch, subject: "tensor \(Scalar.elementType.name)[\(shape)]",
                reason:
                    "it needs \(shape.checkedElementCount.map(String.init) ?? "too many") elements and was given \(values.count)"
            )
        }
        elementType = Scalar.elementType
        self.shape = shape
        storage = .bytes(values.withUnsafeBytes { Bytes(copying: $0) })
    }

    /// Makes a tensor of strings in row-major order.
    ///
    /// - Throws: `TensorError` when the count does not fit the shape.
    public init(strings: [String], shape: Shape) throws(TensorError) {
        guard shape.checkedElementCount == strings.count else {
            throw TensorError(
                .sizeMismatch, subject: "tensor string[\(shape)]", reason: "it was given \(strings.count) strings")
        }
        elementType = .string
        self.shape = shape
        storage = .strings(strings)
    }

    /// Makes a one-dimensional tensor.
    public init<Scalar: TensorScalar>(_ values: [Scalar]) {
        elementType = Scalar.elementType
        shape = [values.count]
        storage = .bytes(values.withUnsafeBytes { Bytes(copying: $0) })
    }

    /// Makes a scalar: a tensor of rank 0.
    public init<Scalar: TensorScalar>(scalar value: Scalar) {
        elementType = Scalar.elementType
        shape = []
        storage = .bytes([value].withUnsafeBytes { Bytes(copying: $0) })
    }

    /// The number of elements.
    public var elementCount: Int { shape.elementCount }

    /// The packed bytes; `nil` for strings.
    public var bytes: Bytes? {
        if case .bytes(let bytes) = storage { bytes } else { nil }
    }

    /// The strings; `nil` for numbers.
    public var strings: [String]? {
        if case .strings(let strings) = storage { strings } else { nil }
    }

    /// The elements as an array of exactly their own type: a copy.
    ///
    /// - Throws: `TensorError` when the element type is another one.
    public func values<Scalar: TensorScalar>(of type: Scalar.Type = Scalar.self) throws(TensorError) -> [Scalar] {
        guard Scalar.elementType == elementType, case .bytes(let bytes) = storage else {
            throw TensorError(
                .typeMismatch, subject: "tensor \(elementType.name)[\(shape)]",
                reason: "its elements are not \(Scalar.elementType.name)")
        }
        let count = elementCount
        return bytes.withUnsafeBytes { source in
            [Scalar](unsafeUninitializedCapacity: count) { target, initialized in
                UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
                initialized = count
            }
        }
    }

    /// The same elements under another shape with as many elements.
    ///
    /// - Throws: `TensorError` when the element counts differ.
    public func reshaped(to shape: Shape) throws(TensorError) -> Tensor {
        switch storage {
        case .bytes(let bytes): try Tensor(elementType: elementType, shape: shape, bytes: bytes)
        case .strings(let strings): try Tensor(strings: strings, shape: shape)
        }
    }
}

import Tensors

/// One value on the stack of a pickle.
///
/// Containers and objects are positions in the machine's arena, so that a file can neither nest values deeper than the
/// call stack nor make cycles of ownership.
enum PickleValue: Sendable, Hashable {
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case text(String)
    /// A slice of the file.
    case bytes(Bytes)
    /// A tuple or a list.
    case sequence(Int)
    /// A dictionary, ordered or not.
    case mapping(Int)
    case global(PickleGlobal)
    /// An element type, as numpy writes it.
    case numpyType(Int)
    /// An array whose content comes with a BUILD.
    case numpyArray(Int)
    case storage(TorchStorage)
    case tensor(Int)
    /// The mark that opens a group of values.
    case mark
}

/// The classes and functions that plain tensors need; every other global is refused.
enum PickleGlobal: Sendable, Hashable {
    case orderedDictionary
    case rebuildTensor
    case rebuildTensorVersion2
    case rebuildParameter
    case storageType(ElementType)
    case numpyReconstruct
    case numpyArrayType
    case numpyTypeType

    /// The global of a module and name; `nil` when it is not on the list.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("torch._utils", "_rebuild_tensor"): self = .rebuildTensor
        case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensorVersion2
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"):
            self = .numpyReconstruct
        case ("numpy", "ndarray"): self = .numpyArrayType
        case ("numpy", "dtype"): self = .numpyTypeType
        case ("torch", _):
            guard let type = PickleGlobal.storageTypes[name] else { return nil }
            self = .storageType(type)
        default: return nil
        }
    }

    private static let storageTypes: [String: ElementType] = [
        "FloatStorage": .float32, "DoubleStorage": .float64, "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
        "LongStorage": .int64, "IntStorage": .int32, "ShortStorage": .int16, "CharStorage": .int8,
        "ByteStorage": .uint8, "BoolStorage": .bool,
    ]
}

/// A run of elements that tensors of a PyTorch checkpoint share.
struct TorchStorage: Sendable, Hashable {
    var elementType: ElementType
    var key: String
    var count: Int
}

/// A tensor before its storage has been found: a view of elements at an offset, with strides.
struct TensorView: Sendable, Hashable {
    var storage: TorchStorage
    var offset: Int
    var shape: [Int]
    var strides: [Int]
}

/// A numpy element type while it is built.
struct NumpyType: Sendable, Hashable {
    var elementType: ElementType
    var isBigEndian = false
}

/// A numpy array while it is built.
struct NumpyArray: Sendable, Hashable {
    var content: Tensor?
}

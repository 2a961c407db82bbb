import Tensors

/// The sets of element types that the schemas of the standard allow, as of their newest version.
enum TypeSets {
    /// Floats of two bytes and more.
    static let floats: Set<ElementType> = [.float16, .bfloat16, .float32, .float64]
    static let signedIntegers: Set<ElementType> = [.int8, .int16, .int32, .int64]
    static let unsignedIntegers: Set<ElementType> = [.uint8, .uint16, .uint32, .uint64]
    static let integers = signedIntegers.union(unsignedIntegers)
    /// All numbers of native width.
    static let numbers = floats.union(integers)
    /// Numbers that have a sign.
    static let signedNumbers = floats.union(signedIntegers)
    static let numbersAndBool = numbers.union([.bool])
    static let bool: Set<ElementType> = [.bool]
    static let float8: Set<ElementType> = [.float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz]
    static let string: Set<ElementType> = [.string]
    static let indices: Set<ElementType> = [.int32, .int64]
    static let int64: Set<ElementType> = [.int64]
    /// Every type a tensor may hold.
    static let all = Set(ElementType.allCases)
    /// Everything but sub-byte and 8-bit floats: the tensors of operator sets up to 18.
    static let classic = numbers.union([.bool, .string, .complex64, .complex128])
}

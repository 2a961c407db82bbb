import COneDNN
import Engines
import Tensors

/// How the elements of a tensor lie in memory: a memory descriptor of oneDNN, owned.
final class Layout: @unchecked Sendable {
    let handle: OpaquePointer
    let library: OneDNNLibrary
    let elementType: ElementType
    /// The memory that the elements take, padding included.
    let byteCount: Int

    /// Takes over a descriptor.
    init(owning handle: OpaquePointer, _ elementType: ElementType, _ library: OneDNNLibrary) {
        self.handle = handle
        self.elementType = elementType
        self.library = library
        byteCount = library.functions.descriptorSize(handle)
    }

    deinit { _ = library.functions.destroyDescriptor(handle) }

    /// A row-major layout, or one of given steps.
    ///
    /// - Parameter strides: how many elements apart neighbours along each axis are; row-major where `nil`.
    /// - Throws: `EngineError`; also where the elements do not take whole bytes.
    convenience init(
        _ extents: [Int], strides: [Int]? = nil, type elementType: ElementType = .float32, _ library: OneDNNLibrary
    ) throws(EngineError) {
        let type = try Self.code(elementType)
        let extents = extents.isEmpty ? [1] : extents
        let steps = strides ?? Self.rowMajorStrides(extents)
        let handle = try library.make("dnnl_memory_desc_create_with_strides") { result in
            library.functions.describeWithStrides(
                result, Int32(extents.count), extents.map(Int64.init), type, steps.map(Int64.init))
        }
        self.init(owning: handle, elementType, library)
    }

    /// A layout that oneDNN has a name for.
    ///
    /// - Throws: `EngineError`.
    convenience init(
        _ extents: [Int], tag: Int, type elementType: ElementType = .float32, _ library: OneDNNLibrary
    ) throws(EngineError) {
        let type = try Self.code(elementType)
        let handle = try library.make("dnnl_memory_desc_create_with_tag") { result in
            library.functions.describeWithTag(
                result, Int32(extents.count), extents.map(Int64.init), type, Int32(tag))
        }
        self.init(owning: handle, elementType, library)
    }

    /// A layout left to the primitive that reads or writes it.
    ///
    /// - Throws: `EngineError`.
    static func chosenByPrimitive(
        _ extents: [Int], type elementType: ElementType = .float32, _ library: OneDNNLibrary
    ) throws(EngineError) -> Layout {
        try Layout(extents, tag: ONEDNN_TAG_ANY, type: elementType, library)
    }

    /// A copy of a descriptor that something else owns.
    ///
    /// - Throws: `EngineError`.
    static func copy(of borrowed: OpaquePointer, _ library: OneDNNLibrary) throws(EngineError) -> Layout {
        var code: Int32 = 0
        try library.check(
            "dnnl_memory_desc_query", library.functions.queryLayout(borrowed, Int32(ONEDNN_QUERY_DATA_TYPE), &code))
        let handle = try library.make("dnnl_memory_desc_clone") { library.functions.cloneDescriptor($0, borrowed) }
        return Layout(owning: handle, Self.elementType(code), library)
    }

    /// The layout of the same memory with axis `permutation[i]` as axis `i`.
    ///
    /// - Throws: `EngineError`.
    func permuted(_ permutation: [Int]) throws(EngineError) -> Layout {
        var inverse = [Int32](repeating: 0, count: permutation.count)
        for (index, axis) in permutation.enumerated() { inverse[axis] = Int32(index) }
        let (handle, functions) = (handle, library.functions)
        let result = try library.make("dnnl_memory_desc_permute_axes") {
            functions.permuteDescriptor($0, handle, inverse)
        }
        return Layout(owning: result, elementType, library)
    }

    /// True where both describe the same extents in the same order.
    func isSame(as other: Layout) -> Bool {
        self === other || library.functions.equalDescriptors(handle, other.handle) != 0
    }

    /// oneDNN's code of a type: its own where it computes in it, else one as wide, which is enough to move elements.
    private static func code(_ elementType: ElementType) throws(EngineError) -> Int32 {
        switch elementType {
        case .float32, .uint32: return Int32(ONEDNN_TYPE_F32)
        case .int32: return Int32(ONEDNN_TYPE_S32)
        case .int8: return Int32(ONEDNN_TYPE_S8)
        case .uint8, .bool, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float8e8m0:
            return Int32(ONEDNN_TYPE_U8)
        case .bfloat16: return Int32(ONEDNN_TYPE_BF16)
        case .float16, .int16, .uint16: return Int32(ONEDNN_TYPE_F16)
        case .float64, .int64, .uint64, .complex64: return Int32(ONEDNN_TYPE_F64)
        default:
            throw EngineError(.runFailed, subject: "oneDNN", reason: "it holds no tensors of \(elementType.name)")
        }
    }

    private static func elementType(_ code: Int32) -> ElementType {
        switch Int(code) {
        case ONEDNN_TYPE_S32: .int32
        case ONEDNN_TYPE_S8: .int8
        case ONEDNN_TYPE_U8: .uint8
        case ONEDNN_TYPE_BF16: .bfloat16
        case ONEDNN_TYPE_F16: .float16
        case ONEDNN_TYPE_F64: .float64
        default: .float32
        }
    }

    /// The distances between neighbours along each axis where the last axis is dense.
    static func rowMajorStrides(_ extents: [Int]) -> [Int] {
        var strides = [Int](repeating: 1, count: extents.count)
        for axis in extents.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * max(1, extents[axis + 1])
        }
        return strides
    }
}

extension Layout {
    /// True where the elements lie as in a row-major tensor of these extents, whatever the layout is called: axes of one
    /// element may have any stride, and channels may be blocked where nothing follows them.
    func liesRowMajor(_ extents: [Int]) -> Bool {
        var rank: Int32 = 0
        guard byteCount == extents.reduce(elementType.bitWidth / 8, *),
            library.functions.queryLayout(handle, Int32(ONEDNN_QUERY_RANK), &rank) == 0, Int(rank) == extents.count
        else { return false }
        var blocks: Int32 = 0
        var strides: UnsafePointer<Int64>?
        guard library.functions.queryLayout(handle, Int32(ONEDNN_QUERY_BLOCK_COUNT), &blocks) == 0 else { return false }
        if blocks > 0 {
            var axes: UnsafePointer<Int64>?
            guard library.functions.queryLayout(handle, Int32(ONEDNN_QUERY_BLOCK_AXES), &axes) == 0, let axes,
                (0..<Int(blocks)).allSatisfy({ axes[$0] == 1 })
            else { return false }
            return extents.count >= 2 && extents[2...].allSatisfy { $0 == 1 }
        }
        guard library.functions.queryLayout(handle, Int32(ONEDNN_QUERY_STRIDES), &strides) == 0, let strides else {
            return false
        }
        let rowMajor = Self.rowMajorStrides(extents)
        return extents.indices.allSatisfy { extents[$0] == 1 || strides[$0] == rowMajor[$0] }
    }
}

import COneDNN
import Engines
import Tensors

/// How the elements of an `f32` tensor lie in memory: a memory descriptor of oneDNN, owned.
final class Layout: @unchecked Sendable {
    let handle: OpaquePointer
    let library: OneDNNLibrary
    /// The memory that the elements take, padding included.
    let byteCount: Int

    /// Takes over a descriptor.
    init(owning handle: OpaquePointer, _ library: OneDNNLibrary) {
        self.handle = handle
        self.library = library
        byteCount = library.functions.descriptorSize(handle)
    }

    deinit { _ = library.functions.destroyDescriptor(handle) }

    /// A row-major layout, or one of given steps.
    ///
    /// - Parameter strides: how many elements apart neighbours along each axis are; row-major where `nil`.
    /// - Throws: `EngineError`.
    convenience init(
        _ extents: [Int], strides: [Int]? = nil, _ library: OneDNNLibrary
    ) throws(EngineError) {
        let extents = extents.isEmpty ? [1] : extents
        let steps = strides ?? Self.rowMajorStrides(extents)
        let handle = try library.make("dnnl_memory_desc_create_with_strides") { result in
            library.functions.describeWithStrides(
                result, Int32(extents.count), extents.map(Int64.init), Int32(ONEDNN_TYPE_F32), steps.map(Int64.init))
        }
        self.init(owning: handle, library)
    }

    /// A layout left to the primitive that reads or writes it.
    ///
    /// - Throws: `EngineError`.
    static func chosenByPrimitive(_ extents: [Int], _ library: OneDNNLibrary) throws(EngineError) -> Layout {
        let handle = try library.make("dnnl_memory_desc_create_with_tag") { result in
            library.functions.describeWithTag(
                result, Int32(extents.count), extents.map(Int64.init), Int32(ONEDNN_TYPE_F32), Int32(ONEDNN_TAG_ANY))
        }
        return Layout(owning: handle, library)
    }

    /// A copy of a descriptor that something else owns.
    ///
    /// - Throws: `EngineError`.
    static func copy(of borrowed: OpaquePointer, _ library: OneDNNLibrary) throws(EngineError) -> Layout {
        let handle = try library.make("dnnl_memory_desc_clone") { library.functions.cloneDescriptor($0, borrowed) }
        return Layout(owning: handle, library)
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
        return Layout(owning: result, library)
    }

    /// True where both describe the same extents in the same order.
    func isSame(as other: Layout) -> Bool {
        self === other || library.functions.equalDescriptors(handle, other.handle) != 0
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

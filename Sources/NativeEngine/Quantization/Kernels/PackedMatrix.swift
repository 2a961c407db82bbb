import CQuantizedKernels
import Tensors

/// A constant matrix of bytes, packed once for the products that read it.
final class PackedMatrix: Sendable {
    /// How the elements of a matrix lie in a tensor.
    struct Form: Hashable {
        let depth: Int
        let columns: Int
        /// True where the tensor holds the columns as its rows.
        let isTransposed: Bool
        let isSigned: Bool
    }

    let elements: Buffer
    let columnSums: Buffer
    /// Kept, so that its address stays its own.
    private let tensor: Tensor

    /// What tells packed matrices apart.
    struct Key: Hashable {
        let address: UInt
        let form: Form
    }

    /// The packed form of a constant, shared by all who ask for it; `nil` where it is no matrix of bytes.
    static func shared(_ tensor: Tensor, _ form: Form, _ library: OneDNNLibrary) -> PackedMatrix? {
        library.packedMatrices.object(Key(address: tensor.storageAddress, form: form)) {
            PackedMatrix(tensor, form, library.pool)
        }
    }

    private init?(_ tensor: Tensor, _ form: Form, _ pool: BufferPool) {
        guard let bytes = tensor.bytes, bytes.count == form.depth * form.columns else { return nil }
        self.tensor = tensor
        (elements, columnSums) = (pool.buffer(form.packedSize), pool.buffer(form.columns * 4))
        bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            form.pack(UnsafeMutableRawPointer(mutating: base), into: elements.pointer, sums: columnSums.pointer)
        }
        bytes.releasePages()
    }
}

extension PackedMatrix.Form {
    /// The bytes of the packed matrix.
    var packedSize: Int { Int(assay_quantized_packed_size(Int64(depth), Int64(columns))) }

    func pack(_ source: UnsafeRawPointer, into packed: UnsafeMutableRawPointer, sums: UnsafeMutableRawPointer) {
        assay_quantized_pack(
            source, Int64(depth), Int64(columns), Int64(isTransposed ? 1 : columns), Int64(isTransposed ? depth : 1),
            isSigned ? 1 : 0, packed.assumingMemoryBound(to: Int8.self), sums.assumingMemoryBound(to: Int32.self))
    }
}

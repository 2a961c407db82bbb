import COneDNN
import Engines
import Operators
import Synchronization
import Tensors

/// A result that stays in the layout of the primitive that wrote it, for the next primitive to read.
final class LayoutTensor: HeldTensor {
    let shape: Shape
    let layout: Layout
    let buffer: Buffer
    private let rowMajor = Mutex<Tensor?>(nil)

    init(shape: Shape, layout: Layout, buffer: Buffer) {
        self.shape = shape
        self.layout = layout
        self.buffer = buffer
    }

    var elementType: ElementType { layout.elementType }

    /// The elements in row-major order, rearranged once.
    var tensor: Tensor? { try? rowMajorTensor() }

    /// The elements in row-major order, rearranged once.
    ///
    /// - Throws: `EngineError` when oneDNN fails to.
    func rowMajorTensor() throws(EngineError) -> Tensor {
        try rowMajor.withLock { (known) throws(EngineError) in
            if let known { return known }
            let target = try Layout(shape.dimensions, type: layout.elementType, layout.library)
            let result = layout.library.pool.buffer(target.byteCount)
            try Rearrangement.make(from: layout, to: target).execute([buffer.pointer, result.pointer])
            let tensor = try Tensor(adopting: result, layout.elementType, shape: shape)
            known = tensor
            return tensor
        }
    }
}

extension Tensor {
    /// A tensor over a buffer that holds its elements in row-major order.
    ///
    /// - Throws: `EngineError` when the shape has no size.
    init(adopting buffer: Buffer, _ elementType: ElementType, shape: Shape) throws(EngineError) {
        let byteCount = shape.elementCount * elementType.bitWidth / 8
        let bytes = Bytes(adopting: buffer.pointer, count: byteCount) { withExtendedLifetime(buffer) {} }
        do throws(TensorError) {
            try self.init(elementType: elementType, shape: shape, bytes: bytes)
        } catch {
            throw EngineError(.runFailed, subject: error.subject, reason: error.reason)
        }
    }
}

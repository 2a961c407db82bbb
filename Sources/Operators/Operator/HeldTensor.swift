public import Tensors

/// A tensor that an engine holds in a layout of its own between its kernels; every other kernel reads `tensor`.
public protocol HeldTensor: AnyObject, Sendable {
    /// The type of each element.
    var elementType: ElementType { get }
    /// The extents, outermost first.
    var shape: Shape { get }
    /// The elements in row-major order, rearranged on first use; `nil` where the engine fails to.
    var tensor: Tensor? { get }
}

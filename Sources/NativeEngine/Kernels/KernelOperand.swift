import Tensors

/// What is known of an operand when a kernel is made for it.
struct KernelOperand {
    let extents: [Int]
    let elementType: ElementType
    /// How its elements lie when the call comes.
    let layout: Layout
    /// True where they lie row-major.
    let isRowMajor: Bool
    /// The elements, where the model fixes them.
    var constant: Tensor?

    /// True where the model fixes its elements.
    var isConstant: Bool { constant != nil }

    var elementCount: Int { extents.reduce(1, *) }
}

/// What is known of an operand when a primitive is made for it.
struct KernelOperand {
    let extents: [Int]
    /// How its elements lie when the call comes.
    let layout: Layout
    /// True where they lie row-major.
    let isRowMajor: Bool
    /// True where the model fixes its elements.
    let isConstant: Bool

    var elementCount: Int { extents.reduce(1, *) }
}

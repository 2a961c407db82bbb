import COneDNN

/// A primitive that can compute a call, with what it reads and how.
struct KernelDraft {
    /// One operand as the primitive reads it.
    struct Source {
        /// The argument's index in oneDNN's numbering.
        let argument: Int
        /// The operand, in the kernel's own order.
        let operand: Int
        /// True where the operand is read as it lies; false where it must be row-major first.
        let acceptsAnyLayout: Bool
        /// How the operand lies, in the primitive's extents.
        let given: Layout
        /// How the primitive reads it; where this differs, the elements are rearranged.
        let wanted: Layout
    }

    let description: PrimitiveDescription
    let sources: [Source]
    /// How the result lies, in the primitive's extents.
    let destination: Layout
    /// The extents of the result.
    let extents: [Int]
    /// True where `destination` is row-major and `extents` says the same in another way.
    let isRowMajor: Bool

    /// - Parameter destination: the layout of the result where it is not the one that the primitive chose.
    init(
        _ description: PrimitiveDescription, _ sources: [Source], destination: Layout, extents: [Int], isRowMajor: Bool
    ) {
        self.description = description
        self.sources = sources
        self.destination = destination
        self.extents = extents
        self.isRowMajor = isRowMajor
    }
}

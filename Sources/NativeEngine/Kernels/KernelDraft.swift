import COneDNN
import Engines
import Tensors

/// A computation at fixed shapes: what it reads and writes, and how.
struct KernelDraft {
    /// What computes.
    enum Computation {
        case primitive(PrimitiveDescription)
        case direct(any DirectKernel)
    }

    /// One operand as the kernel reads it.
    struct Source {
        /// The argument's index in oneDNN's numbering; direct kernels read their operands in the order of the sources.
        let argument: Int
        /// The operand, in the kernel's own order.
        let operand: Int
        /// True where the operand is read as it lies; false where it must be row-major first.
        let acceptsAnyLayout: Bool
        /// How the operand lies, in the extents that the kernel reads it in.
        let given: Layout
        /// How the kernel reads it; where this differs, the elements are rearranged.
        let wanted: Layout
    }

    /// One result as the kernel writes it.
    struct Result {
        /// The argument's index in oneDNN's numbering.
        var argument = ONEDNN_ARGUMENT_DESTINATION
        /// How it lies, in the extents that the kernel writes it in.
        let layout: Layout
        /// The extents by which the model knows it.
        let extents: [Int]
        /// True where `layout` is row-major and `extents` says the same in another way.
        let isRowMajor: Bool

        var elementType: ElementType { layout.elementType }
    }

    let computation: Computation
    let sources: [Source]
    /// The results, in the order of the node's outputs.
    let results: [Result]

    init(_ computation: Computation, _ sources: [Source], results: [Result]) {
        self.computation = computation
        self.sources = sources
        self.results = results
    }

    /// A primitive with one result.
    init(
        _ description: PrimitiveDescription, _ sources: [Source], destination: Layout, extents: [Int], isRowMajor: Bool
    ) {
        self.init(
            .primitive(description), sources,
            results: [Result(layout: destination, extents: extents, isRowMajor: isRowMajor)])
    }

    /// A direct kernel that reads row-major operands, or such as lie as they are wanted, and writes one result.
    init(
        _ kernel: any DirectKernel, reading operands: [(index: Int, operand: KernelOperand, layout: Layout)],
        destination: Layout, extents: [Int], isRowMajor: Bool
    ) {
        self.init(
            .direct(kernel),
            operands.map { index, operand, layout in
                Source(
                    argument: 0, operand: index, acceptsAnyLayout: true, given: operand.layout, wanted: layout)
            }, results: [Result(layout: destination, extents: extents, isRowMajor: isRowMajor)])
    }

    /// A direct kernel that reads row-major operands and writes row-major results.
    ///
    /// - Parameter type: of the results.
    /// - Throws: `EngineError`.
    init(
        _ kernel: any DirectKernel, rowMajor operands: [(index: Int, operand: KernelOperand)], results: [[Int]],
        type: ElementType = .float32, _ library: OneDNNLibrary
    ) throws(EngineError) {
        var sources: [Source] = []
        for (index, operand) in operands {
            let wanted =
                operand.isRowMajor
                ? operand.layout : try Layout(operand.extents, type: operand.elementType, library)
            sources.append(
                Source(argument: 0, operand: index, acceptsAnyLayout: true, given: operand.layout, wanted: wanted))
        }
        var written: [Result] = []
        for extents in results {
            written.append(Result(layout: try Layout(extents, type: type, library), extents: extents, isRowMajor: true))
        }
        self.init(.direct(kernel), sources, results: written)
    }
}

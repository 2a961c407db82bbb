import COneDNN
import Engines
import Operators

/// The post-operations of a kernel in oneDNN's terms, with the arguments that feed them.
struct PostOperationChain {
    /// A tensor that a post-operation reads.
    private struct Argument {
        let index: Int
        let operand: Int
        /// `nil` where the primitive chooses.
        let layout: Layout?
    }

    let operations: PostOperations
    private var arguments: [Argument] = []

    /// Makes the chain; `nil` where oneDNN lacks one of the functions, or an operand does not stretch to the result.
    ///
    /// - Parameters:
    ///   - extents: of the result, as the primitive writes it.
    ///   - earlier: what is done before.
    ///   - chooses: whether tensors as large as the result may lie as the primitive wants them; else they are row-major.
    /// - Throws: `EngineError`.
    init?(
        _ postOperations: [PostOperation], _ operands: [KernelOperand?], extents: [Int], chooses: Bool,
        _ library: OneDNNLibrary, after earlier: PostOperations? = nil
    ) throws(EngineError) {
        operations = if let earlier { earlier } else { try PostOperations(library) }
        for operation in postOperations {
            switch operation {
            case .unary(let kind):
                guard let function = EltwiseFunction(kind) else { return nil }
                try operations.append(function)
            case .binary(let kind, let index):
                guard let algorithm = kind.binaryAlgorithm, index < operands.count, let operand = operands[index],
                    let stretched = Self.stretched(operand.extents, to: extents)
                else { return nil }
                let isChosen = chooses && operand.extents == extents
                let layout = try isChosen ? Layout.chosenByPrimitive(extents, library) : Layout(stretched, library)
                let argument = try operations.append(algorithm, with: layout)
                arguments.append(Argument(index: argument, operand: index, layout: isChosen ? nil : layout))
            }
        }
    }

    /// What the post-operations of a primitive read.
    ///
    /// - Throws: `EngineError`.
    func sources(
        _ description: PrimitiveDescription, _ operands: [KernelOperand?]
    ) throws(EngineError) -> [KernelDraft.Source] {
        var sources: [KernelDraft.Source] = []
        for argument in arguments {
            guard let operand = operands[argument.operand] else { continue }
            if let layout = argument.layout {
                sources.append(
                    KernelDraft.Source(
                        argument: argument.index, operand: argument.operand, acceptsAnyLayout: false, given: layout,
                        wanted: layout))
            } else if let wanted = try description.layout(ONEDNN_QUERY_ARGUMENT, argument.index) {
                sources.append(
                    KernelDraft.Source(
                        argument: argument.index, operand: argument.operand, acceptsAnyLayout: true,
                        given: operand.layout, wanted: wanted))
            }
        }
        return sources
    }

    /// Extents with leading ones; the number of elements is never more than the result's.
    private static func stretched(_ extents: [Int], to whole: [Int]) -> [Int]? {
        if extents.reduce(1, *) == whole.reduce(1, *) { return whole }
        guard extents.count <= whole.count else { return nil }
        let padded = [Int](repeating: 1, count: whole.count - extents.count) + extents
        return zip(padded, whole).allSatisfy { $0 == 1 || $0 == $1 } ? padded : nil
    }
}

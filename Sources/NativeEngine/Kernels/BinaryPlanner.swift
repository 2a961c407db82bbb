import COneDNN
import Engines
import Operators

/// Element-wise functions of two operands; the first keeps its layout, and the second may be stretched.
struct BinaryPlanner: KernelPlanner {
    let kind: Kernel.BinaryKind

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let algorithm = kind.binaryAlgorithm, let a = operands[0], let b = operands[1] else { return nil }
        let rank = max(a.extents.count, b.extents.count, 1)
        let extents = zip(Self.padded(a.extents, rank), Self.padded(b.extents, rank)).map { max($0, $1) }
        if extents == a.extents { return try draft(algorithm, (a, 0), (b, 1), extents, library) }
        // Only the second operand is stretched fast.
        guard extents == b.extents, kind.isCommutative else { return nil }
        return try draft(algorithm, (b, 1), (a, 0), extents, library)
    }

    private func draft(
        _ algorithm: Int, _ first: (operand: KernelOperand, index: Int), _ second: (operand: KernelOperand, index: Int),
        _ extents: [Int],
        _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft? {
        let padded = Self.padded(second.operand.extents, extents.count)
        guard zip(padded, extents).allSatisfy({ $0 == $1 || $0 == 1 }) else { return nil }
        let isSameSize = second.operand.extents == extents
        // A blocked layout is worth more than a row-major one.
        let layout =
            isSameSize && first.operand.isRowMajor ? second.operand.layout : first.operand.layout
        let stretched = isSameSize ? layout : try Layout(padded, library)
        let functions = library.functions
        let description = try PrimitiveDescription("dnnl_binary_primitive_desc_create", library) {
            functions.binary(
                $0, library.engine, Int32(algorithm), layout.handle, stretched.handle, layout.handle, $1)
        }
        guard let description, !description.isReference else { return nil }
        return KernelDraft(
            description,
            [
                KernelDraft.Source(
                    argument: ONEDNN_ARGUMENT_SOURCE, operand: first.index, acceptsAnyLayout: true,
                    given: first.operand.layout, wanted: layout),
                KernelDraft.Source(
                    argument: ONEDNN_ARGUMENT_SOURCE_1, operand: second.index, acceptsAnyLayout: isSameSize,
                    given: isSameSize ? second.operand.layout : stretched, wanted: stretched),
            ], destination: layout, extents: extents, isRowMajor: layout.isSame(as: try Layout(extents, library)))
    }

    private static func padded(_ extents: [Int], _ rank: Int) -> [Int] {
        [Int](repeating: 1, count: rank - extents.count) + extents
    }

}

extension Kernel.BinaryKind {
    /// The function in oneDNN's terms; its maximum and minimum lose NaN, which the standard's keep.
    var binaryAlgorithm: Int? {
        switch self {
        case .addition: ONEDNN_BINARY_ADD
        case .subtraction: ONEDNN_BINARY_SUBTRACT
        case .multiplication: ONEDNN_BINARY_MULTIPLY
        case .division: ONEDNN_BINARY_DIVIDE
        case .maximum, .minimum: nil
        }
    }
}

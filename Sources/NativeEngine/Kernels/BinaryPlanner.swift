import COneDNN
import Engines
import Operators
import Tensors

/// Element-wise functions of two operands under broadcasting, and what follows them element for element.
///
/// Vector kernels compute operands that lie alike and row-major ones of any type that they know; oneDNN computes operands
/// in layouts of its own, where the first keeps its layout and the second may be stretched.
struct BinaryPlanner: FusingPlanner {
    let kind: Kernel.BinaryKind
    var postOperations: [PostOperation] = []

    init(kind: Kernel.BinaryKind) { self.kind = kind }

    func fuses(_ operations: [PostOperation]) -> Bool { true }

    func takes(_ operands: [KernelOperand?]) -> Bool { operands.allSatisfy { $0 != nil } }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let a = operands[0], let b = operands[1], a.elementType == b.elementType else { return nil }
        if let chain = chain(a, b, operands, library) { return try chain.draft(library) }
        guard postOperations.isEmpty else { return nil }
        if a.isRowMajor, b.isRowMajor { return try stretched(a, b, library) }
        if let draft = try primitive(a, b, library) { return draft }
        return try stretched(a, b, library)
    }

    /// Operands that lie alike, or one of them a single number.
    private func chain(
        _ a: KernelOperand, _ b: KernelOperand, _ operands: [KernelOperand?], _ library: OneDNNLibrary
    ) -> ElementwiseChain? {
        guard a.elementType == .float32, let function = library.vectors.binary(kind, .float32) else { return nil }
        for (data, other, comesFirst) in [(0, 1, false), (1, 0, true)] {
            guard let first = operands[data], let second = operands[other],
                let isSingle = ElementwiseChain.isSingle(second, beside: first)
            else { continue }
            return ElementwiseChain(
                of: (data, first),
                first: .binary(function, operand: 1, isSingle: isSingle, comesFirst: comesFirst),
                reading: [(other, second)], postOperations, operands, library.vectors)
        }
        return nil
    }

    private func stretched(
        _ a: KernelOperand, _ b: KernelOperand, _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft? {
        let type = a.elementType
        let width = type.bitWidth / 8
        guard let binary = library.vectors.binary(kind, type),
            let stretching = Stretching([a.extents, b.extents], widths: [width, width], width: width)
        else { return nil }
        let divides = kind == .division && type.isInteger
        let function: StretchKernel.Function =
            divides ? .division(binary, width: width, divisors: b.elementCount) : .binary(binary)
        return try KernelDraft(
            StretchKernel(function: function, stretching: stretching), rowMajor: [(0, a), (1, b)],
            results: [stretching.extents], type: type, library)
    }

    private func primitive(
        _ a: KernelOperand, _ b: KernelOperand, _ library: OneDNNLibrary
    ) throws(EngineError) -> KernelDraft? {
        guard let algorithm = kind.binaryAlgorithm, a.elementType == .float32 else { return nil }
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
        case .maximum, .minimum, .leakyProduct: nil
        }
    }
}

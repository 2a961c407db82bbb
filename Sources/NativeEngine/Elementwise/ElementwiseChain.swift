import Engines
import Operators
import Tensors

/// A chain of element-wise functions on an operand as it lies.
struct ElementwiseChain {
    private let data: (index: Int, operand: KernelOperand)
    private var others: [(index: Int, operand: KernelOperand)] = []
    private var steps: [ChainKernel.Step] = []

    /// `nil` where the layout holds more than the elements, or a later function has no kernel or an operand that lies
    /// otherwise.
    ///
    /// - Parameters:
    ///   - data: the operand that comes first.
    ///   - first: the first function; an operand of its own must be the first of `reading`.
    ///   - reading: further operands of the first function.
    init?(
        of data: (index: Int, operand: KernelOperand), first: ChainKernel.Step,
        reading: [(index: Int, operand: KernelOperand)] = [], _ postOperations: [PostOperation],
        _ operands: [KernelOperand?], _ vectors: VectorKernels
    ) {
        self.data = data
        guard data.operand.layout.byteCount == data.operand.elementCount * MemoryLayout<Float>.stride else {
            return nil
        }
        others = reading
        steps = [first]
        for operation in postOperations {
            switch operation {
            case .unary(let kind):
                guard let function = vectors.unary(kind) else { return nil }
                steps.append(.unary(function))
            case .binary(let kind, let index):
                guard let function = vectors.binary(kind, .float32), index < operands.count,
                    let other = operands[index], let isSingle = Self.isSingle(other, beside: data.operand)
                else { return nil }
                others.append((index, other))
                steps.append(.binary(function, operand: others.count, isSingle: isSingle, comesFirst: false))
            }
        }
    }

    /// Whether an operand is one number, or as many as the data has, lying as they do; `nil` for others.
    static func isSingle(_ other: KernelOperand, beside data: KernelOperand) -> Bool? {
        guard other.elementType == .float32 else { return nil }
        if other.elementCount == 1, other.extents.count <= data.extents.count { return true }
        guard other.extents == data.extents else { return nil }
        return other.layout.isSame(as: data.layout) || (other.isRowMajor && data.isRowMajor) ? false : nil
    }

    /// The draft of the chain.
    ///
    /// - Throws: `EngineError`.
    func draft(_ library: OneDNNLibrary) throws(EngineError) -> KernelDraft {
        let kernel = ChainKernel(steps: steps, elementCount: data.operand.elementCount)
        let layout = data.operand.layout
        let read = [data] + others
        let rowMajor = data.operand.isRowMajor ? layout : try Layout(data.operand.extents, library)
        return KernelDraft(
            kernel,
            reading: read.map { index, operand in (index, operand, operand.layout) },
            destination: layout, extents: data.operand.extents,
            isRowMajor: data.operand.isRowMajor || layout.isSame(as: rowMajor))
    }
}

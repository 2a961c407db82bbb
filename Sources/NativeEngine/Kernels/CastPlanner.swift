import Engines
import Operators
import Tensors

/// Conversions between types of numbers.
struct CastPlanner: KernelPlanner {
    let type: ElementType

    func takes(_ operands: [KernelOperand?]) -> Bool { operands.allSatisfy { $0 != nil } }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], let function = library.vectors.cast(from: data.elementType, to: type) else {
            return nil
        }
        let kernel = CastKernel(
            function: function, elementCount: data.elementCount, width: data.elementType.bitWidth / 8,
            resultWidth: type.bitWidth / 8)
        return try KernelDraft(kernel, rowMajor: [(0, data)], results: [data.extents], type: type, library)
    }
}

/// What an element is, as truth values.
struct ClassificationPlanner: KernelPlanner {
    let kind: Kernel.ClassificationKind

    func takes(_ operands: [KernelOperand?]) -> Bool { operands.allSatisfy { $0 != nil } }

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], let function = library.vectors.classification(kind, data.elementType) else {
            return nil
        }
        let kernel = CastKernel(
            function: function, elementCount: data.elementCount, width: data.elementType.bitWidth / 8, resultWidth: 1)
        return try KernelDraft(kernel, rowMajor: [(0, data)], results: [data.extents], type: .bool, library)
    }
}

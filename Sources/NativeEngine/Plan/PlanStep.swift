import Graphs
import Operators
import Tensors

/// One computation of a plan, on buffers by number.
struct PlanStep: Sendable {
    /// What computes.
    enum Action: Sendable {
        case primitive(Primitive)
        case direct(any DirectKernel, Team)
        /// The reference kernel; its operands and results as tensors.
        case reference(any Operator, CallSite, operands: [ReferenceOperand], results: [PlannedTensor?])
        /// The elements of the first operand as they lie.
        case copy(byteCount: Int)
    }

    /// What a reference kernel reads.
    enum ReferenceOperand: Sendable {
        case omitted
        case constant(Tensor)
        /// The operand of the step of this index.
        case buffer(Int, PlannedTensor)
    }

    /// What messages and profiles call it.
    let title: StepTitle
    let action: Action
    /// The buffers read, in the order of the action's arguments.
    let operands: [Int]
    /// The buffers written.
    let results: [Int]
    /// A buffer of working memory.
    var scratch: Int?
}

/// The type and shape of a tensor that lies row-major in a buffer.
struct PlannedTensor: Sendable {
    let elementType: ElementType
    let shape: Shape

    var byteCount: Int { shape.elementCount * elementType.bitWidth / 8 }
}

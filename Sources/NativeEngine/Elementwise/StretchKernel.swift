import CVectorKernels
import Engines
import Tensors

/// A function of two or three operands under broadcasting.
struct StretchKernel: DirectKernel, @unchecked Sendable {
    /// What is computed.
    enum Function {
        case binary(AssayBinaryFunction)
        /// Integers are divided: a zero among the divisors has no quotient.
        case division(AssayBinaryFunction, width: Int, divisors: Int)
        case selection(AssaySelectFunction)
    }

    /// Fewer elements than these are not worth a second thread.
    static let elementsForThreads = 1 << 16

    let function: Function
    let stretching: Stretching

    func run(_ memory: DirectMemory, _ team: Team) throws(EngineError) {
        if case .division(_, let width, let divisors) = function,
            assay_has_zero(memory.operands[1], Int64(width), Int64(divisors)) != 0
        {
            throw EngineError(.runFailed, subject: "divisors", reason: "an integer is divided by zero")
        }
        let outer = Int(stretching.stretch.extents.0)
        let isWorthThreads = stretching.elementCount >= Self.elementsForThreads
        team.run(limit: isWorthThreads ? outer : 1) { part, parts in
            apply(Team.share(outer, part: part, of: parts), memory)
        }
    }

    private func apply(_ share: Range<Int>, _ memory: DirectMemory) {
        withUnsafePointer(to: stretching.stretch) { stretch in
            let (first, last) = (Int64(share.lowerBound), Int64(share.upperBound))
            switch function {
            case .binary(let binary), .division(let binary, _, _):
                assay_stretch_binary(
                    binary, memory.results[0], memory.operands[0], memory.operands[1], stretch, first, last)
            case .selection(let selection):
                assay_stretch_select(
                    selection, memory.results[0], memory.operands[0], memory.operands[1], memory.operands[2], stretch,
                    first, last)
            }
        }
    }
}

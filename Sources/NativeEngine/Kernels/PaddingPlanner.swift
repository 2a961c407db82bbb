import Engines
import Operators

/// A constant around data: written everywhere, then the data over it.
struct PaddingPlanner: MovementPlanner {
    let before: [Int]
    let after: [Int]

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], data.extents.count == before.count,
            let width = data.elementType.movementWidth
        else { return nil }
        let constant = operands.count > 1 ? operands[1] : nil
        guard constant == nil || constant?.elementCount == 1 && constant?.elementType == data.elementType else {
            return nil
        }
        let extents = data.extents.indices.map { data.extents[$0] + before[$0] + after[$0] }
        // What is left of the data where padding takes elements away.
        let starts = before.map { max(0, -$0) }
        let counts = data.extents.indices.map { data.extents[$0] - starts[$0] - max(0, -after[$0]) }
        guard extents.allSatisfy({ $0 > 0 }), counts.allSatisfy({ $0 > 0 }) else { return nil }
        let (from, to) = (Layout.rowMajorStrides(data.extents), Layout.rowMajorStrides(extents))
        guard
            let box = MovementBox(
                extents: counts, from: from, to: to, fromOffset: zip(from, starts).map(*).reduce(0, +),
                toOffset: zip(to, before).map { $0 * max(0, $1) }.reduce(0, +), width: width)
        else { return nil }
        let kernel = MovementKernel(
            [MovementKernel.Move(operand: 0, result: 0, box: box)], width: width,
            background: MovementKernel.Background(
                operand: constant == nil ? nil : 1, elementCount: extents.reduce(1, *), width: width))
        let read = [(index: 0, operand: data)] + (constant.map { [(index: 1, operand: $0)] } ?? [])
        return try draft(kernel, read, [extents], library)
    }
}

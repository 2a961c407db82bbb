import Engines
import Operators
import Tensors

/// Data stretched to extents: axes of extent 1 are read again and again.
struct ExpansionPlanner: MovementPlanner {
    let extents: [Int]

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0] else { return nil }
        let rank = max(extents.count, data.extents.count)
        let own = [Int](repeating: 1, count: rank - data.extents.count) + data.extents
        let wanted = [Int](repeating: 1, count: rank - extents.count) + extents
        guard zip(own, wanted).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
        let result = zip(own, wanted).map { $0 == 1 ? $1 : $0 }
        guard Shape(result).isAllocatable else { return nil }
        let from = zip(Layout.rowMajorStrides(own), own).map { $1 == 1 ? 0 : $0 }
        return try draft(of: data, extents: result, library) { width in
            MovementBox(extents: result, from: from, to: Layout.rowMajorStrides(result), width: width)
        }
    }
}

/// Data repeated along each axis: an axis of repetitions around each.
struct RepetitionPlanner: MovementPlanner {
    let counts: [Int]

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], data.extents.count == counts.count, counts.allSatisfy({ $0 > 0 }) else {
            return nil
        }
        let products = zip(data.extents, counts).map { $0.multipliedReportingOverflow(by: $1) }
        let result = products.map(\.partialValue)
        guard !products.contains(where: \.overflow), result.allSatisfy({ $0 > 0 }), Shape(result).isAllocatable else {
            return nil
        }
        let strides = Layout.rowMajorStrides(data.extents)
        let apart = zip(counts, data.extents).flatMap { [$0, $1] }
        return try draft(of: data, extents: result, library) { width in
            MovementBox(
                extents: apart, from: strides.flatMap { [0, $0] }, to: Layout.rowMajorStrides(apart), width: width)
        }
    }
}

import Engines
import Operators

/// Data read as other extents, permuted, and written under the extents of the result: blocks between channels and space.
struct RearrangementPlanner: MovementPlanner {
    let apart: [Int]
    let permutation: [Int]
    let extents: [Int]

    func draft(_ operands: [KernelOperand?], _ library: OneDNNLibrary) throws(EngineError) -> KernelDraft? {
        guard let data = operands[0], apart.reduce(1, *) == data.elementCount,
            extents.reduce(1, *) == data.elementCount, permutation.count == apart.count
        else { return nil }
        return try draft(of: data, extents: extents, library) { width in
            MovementBox(permuting: apart, permutation, width: width)
        }
    }
}

extension MovementBox {
    /// A permutation of the axes of row-major data.
    init?(permuting extents: [Int], _ permutation: [Int], width: Int) {
        let strides = Layout.rowMajorStrides(extents)
        let result = permutation.map { extents[$0] }
        self.init(
            extents: result, from: permutation.map { strides[$0] }, to: Layout.rowMajorStrides(result), width: width)
    }
}

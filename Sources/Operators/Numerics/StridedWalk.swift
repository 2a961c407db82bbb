import Tensors

/// Walks over a shape in row-major order, a row of the innermost axis at a time, with a running offset into each of
/// several strided operands.
///
/// Neighbouring axes along which every operand steps evenly are joined first, so that rows are long.
struct StridedWalk {
    /// The number of elements in a row.
    let innerExtent: Int
    /// For each operand the step between neighbours of a row.
    let innerStrides: [Int]
    /// For each operand the offset of the present row's first element.
    private(set) var offsets: [Int]
    /// The row-major position of the present row's first element.
    private(set) var position = 0
    private let extents: [Int]
    private let strides: [[Int]]
    private var index: [Int]

    /// Starts at the first row; the shape must have at least one element.
    init(shape: Shape, strides operandStrides: [[Int]]) {
        var extents: [Int] = []
        var strides = operandStrides.map { _ in [Int]() }
        for axis in shape.indices where shape[axis] != 1 {
            let joins =
                !extents.isEmpty
                && operandStrides.indices.allSatisfy { strides[$0].last == operandStrides[$0][axis] &* shape[axis] }
            if joins {
                extents[extents.count - 1] *= shape[axis]
                for operand in strides.indices {
                    strides[operand][strides[operand].count - 1] = operandStrides[operand][axis]
                }
            } else {
                extents.append(shape[axis])
                for operand in strides.indices { strides[operand].append(operandStrides[operand][axis]) }
            }
        }
        innerExtent = extents.popLast() ?? 1
        innerStrides = strides.map { $0.last ?? 0 }
        self.extents = extents
        self.strides = strides
        offsets = [Int](repeating: 0, count: operandStrides.count)
        index = [Int](repeating: 0, count: extents.count)
    }

    /// Moves to the next row; false when there is none.
    mutating func next() -> Bool {
        position += innerExtent
        for axis in extents.indices.reversed() {
            index[axis] += 1
            if index[axis] < extents[axis] {
                for operand in offsets.indices { offsets[operand] += strides[operand][axis] }
                return true
            }
            index[axis] = 0
            for operand in offsets.indices { offsets[operand] -= strides[operand][axis] * (extents[axis] - 1) }
        }
        return false
    }
}

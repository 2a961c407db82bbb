import Tensors

extension SparseTensor {
    /// Why values, indices and shape do not go together; `nil` when they do.
    var inconsistency: String? {
        guard let count = shape.checkedElementCount else { return "no memory can hold the shape \(shape)" }
        guard values.shape.rank == 1 else {
            return "its values have shape \(values.shape) and should have one dimension"
        }
        guard indices.elementType == .int64 else { return "its indices are \(indices.elementType.name), not i64" }
        let isLinear = indices.shape == [values.shape[0]]
        guard isLinear || indices.shape == [values.shape[0], shape.rank] else {
            return "its indices have shape \(indices.shape) for \(values.shape[0]) values of rank \(shape.rank)"
        }
        guard let positions = try? indices.int64s() else { return "its indices cannot be read" }
        let extents = isLinear ? [count] : shape.dimensions
        for (place, position) in positions.enumerated() {
            let extent = extents[place % extents.count]
            guard position >= 0, position < Int64(extent) else {
                return "index \(position) lies outside the extent \(extent)"
            }
        }
        return nil
    }
}

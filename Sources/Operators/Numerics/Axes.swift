/// Axes as the standard writes them: negative ones count from the end.
enum Axes {
    /// One axis within `0 ..< rank`.
    ///
    /// - Throws: `OperatorError` of code `index` when it is outside.
    static func normalize(_ axis: Int, rank: Int, _ path: String) throws(OperatorError) -> Int {
        let normal = axis < 0 ? axis &+ rank : axis
        guard normal >= 0, normal < rank else {
            throw OperatorError(
                .index, subject: path, reason: "axis \(axis) is outside a tensor of rank \(rank)",
                remedy: rank == 0 ? "" : "use an axis of \(-rank) to \(rank - 1)")
        }
        return normal
    }

    /// Axes within `0 ..< rank`, in the order given.
    ///
    /// - Throws: `OperatorError` of code `index` when one is outside or stands twice.
    static func normalize(_ axes: [Int], rank: Int, _ path: String) throws(OperatorError) -> [Int] {
        var normal: [Int] = []
        for axis in axes {
            let axis = try normalize(axis, rank: rank, path)
            guard !normal.contains(axis) else {
                throw OperatorError(.index, subject: path, reason: "axis \(axis) stands twice")
            }
            normal.append(axis)
        }
        return normal
    }
}

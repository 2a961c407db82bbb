import CQuantizedKernels

/// Reals quantised to unsigned bytes by the scale and zero point that just hold their range and zero: one pair for all,
/// or one for each row.
struct DynamicQuantizationKernel: DirectKernel {
    let rows: Int
    let columns: Int
    let isPerRow: Bool
    private let kernels = QuantizedKernels.best

    init(rows: Int, columns: Int, isPerRow: Bool) {
        (self.rows, self.columns, self.isPerRow) = (rows, columns, isPerRow)
    }

    /// The ranges that the threads find.
    var scratchByteCount: Int { rows * 2 * MemoryLayout<Float>.stride }

    func run(_ memory: DirectMemory, _ team: Team) {
        let data = UInt(bitPattern: memory.operands[0])
        let results = memory.results.map { UInt(bitPattern: $0) }
        let ranges = UInt(bitPattern: memory.scratch)
        let limit = max(1, rows * columns >> 14)
        if isPerRow {
            team.run(limit: limit) { part, parts in
                for row in Team.share(rows, part: part, of: parts) {
                    let (low, high) = range(data, row)
                    quantize(data, row, results, low, high, at: row)
                }
            }
            return
        }
        team.run(limit: limit) { part, parts in
            guard let ranges = UnsafeMutablePointer<Float>(bitPattern: ranges) else { return }
            for row in Team.share(rows, part: part, of: parts) {
                (ranges[2 * row], ranges[2 * row + 1]) = range(data, row)
            }
        }
        guard let ranges = UnsafeMutablePointer<Float>(bitPattern: ranges) else { return }
        var (low, high) = (Float(0), Float(0))
        for row in 0..<rows { (low, high) = (min(low, ranges[2 * row]), max(high, ranges[2 * row + 1])) }
        let (least, greatest) = (low, high)
        team.run(limit: limit) { part, parts in
            for row in Team.share(rows, part: part, of: parts) {
                quantize(data, row, results, least, greatest, at: 0)
            }
        }
    }

    private func range(_ data: UInt, _ row: Int) -> (Float, Float) {
        var (low, high) = (Float(0), Float(0))
        guard let data = UnsafePointer<Float>(bitPattern: data) else { return (low, high) }
        kernels.functions.range(data + row * columns, Int64(columns), &low, &high)
        return (low, high)
    }

    /// As the standard's `DynamicQuantizeLinear` does; a range of nothing but zeros is as wide as one.
    private func quantize(_ data: UInt, _ row: Int, _ results: [UInt], _ low: Float, _ high: Float, at index: Int) {
        guard let data = UnsafePointer<Float>(bitPattern: data),
            let bytes = UnsafeMutablePointer<UInt8>(bitPattern: results[0]),
            let scales = UnsafeMutablePointer<Float>(bitPattern: results[1]),
            let zeroPoints = UnsafeMutablePointer<UInt8>(bitPattern: results[2])
        else { return }
        let scale = low == high ? 1 / Float(255) : (high - low) / 255
        let quotient = min(max(0 - low / scale, 0), 255).rounded(.toNearestOrEven)
        let zeroPoint = quotient.isNaN ? 0 : UInt8(quotient)
        kernels.functions.quantize(
            data + row * columns, Int64(columns), scale, Int32(zeroPoint), 0, bytes + row * columns)
        // Rows that share a pair write it once.
        if isPerRow || row == 0 { (scales[index], zeroPoints[index]) = (scale, zeroPoint) }
    }
}
